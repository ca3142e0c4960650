"""Words of Indonesian officials: titles, parts of names, words of offices; see :mod:`appellations`.

All in small letters and without stops, as they are looked up.
"""

from __future__ import annotations

_RANKS = (
    "abk ad adm aipda aiptu ajun akbp akp al arm au besar bharada bpk bra brigadir brigjen brigpol bripda "
    "bripka briptu brm caj cba chb chk cke ckm cku cpl cpn czi gbph gkr habib inf inspektur ipda iptu irjen "
    "jenderal kal kapten kav kgpaa kolonel kombes komisaris komjen kompol kph krht krt kyai laksamana lek "
    "letnan madya mar marsekal mayor ng nyai pastor pelda peltu pembina penata pertama pnb polri rng romo "
    "sdr sdri serka serma sersan suster syekh tek tni tuan ustadzah utama yth"
)
_DEGREES = (
    "aap agb agr akk aks akt amg amk amkep amkl an anm anp ant apoteker apu arch ars asean ba bba bc bd bdn "
    "bes bsc bus ca cae cca ccfa cdp ce cfa cfe cfr cfra cgaa cgae cgcae cgre cgrm chrm chrmp cia cima cma "
    "cmed com comp cpa cpfm cpm cpsak crgp crma crmo crmp crp cs csa csc csr cwm dba dea des desa dess dev "
    "dfm dipl dpl ds ec econ ed edm edu ee ehs eku ep epid ers esy fak fil finacs finasim fiqh fisip fisqua "
    "ftis ftr gcae gizi gk hk hons hosp hub hut ind ing int ipm ipu ir ist jkt jour jp kedkk kel kesos keu "
    "kgeh kgh kh kkv kl km kmb kp kpd ksj lat law li litt ll llb lld llm mab mac mak maksi man mars mat "
    "mats mcom mcs mdc mdiv me mec med meng mes mfin mgt mhan mil mis miss mkn mm mmed mmr mms mmsi mmt "
    "mmtr mn mpa mph mpi mpm mpp mppm mps mpsdm mpu mpwk mres mrp mrs mse mst mstat mt mti mtp mtr mup murp "
    "mus ners ns obgyn onk org otd oth pa paed path pdi pem pemb per perp pg ph phd phil pi pk plan pls pm "
    "pn pol prof ps psdm psikolog psy pust pw pwk qhia qia qiaf qrma qrmo rad rar res rm rmik rn sag sak "
    "san sap sas sc sd sds sej sen sept ses sfarm sfil sga sig sj sk skel skep ski sksi smn sn so soc spa "
    "spb sped spi spjp spkk spm spn spog spot spp spr spthtkl sr sst stat ste sth sthi stk stp str sv swk "
    "sy syar ta tel terapan thl ti tk tm toef tp tpd tr trans tu urp vet wk"
)
MORE_TITLES = frozenset((*_RANKS.split(), *_DEGREES.split()))
"""Beside those by which two names are held to be one person's: ranks, rarer degrees and certificates."""

_GIVEN = (
    "abd abdul abdurrahman abu achmad ageng agung agustinus ahmad ajeng akhmad alit anak andi andy anom "
    "antonius aria arya ayu bagus baiq baso besse catur cokorda cut daeng datu datuk desak dewa dewi dwi "
    "eka entol fransisca fransiskus gde gede gusti haryo i ida istri johannes kadek kanjeng karaeng ketut "
    "komang lalu luh made marah maria markus mas mochamad mochammad mohamad mohammad mohammed muhamad "
    "muhammad nengah ngurah ni nik noor nur nyi nyoman oka panca pangeran paulus petrus pocut puti putra "
    "putri putu raden rai raja raka ratu said sang sayid sayyid siti sitti sri stefanus sultan sutan syarif "
    "syarifah tengku teuku teungku tjokorda tri tuanku tubagus wan wati wayan yohanes yosef"
)
GIVEN = frozenset(_GIVEN.split())
"""With these many names begin, long ones above all."""

_SMALL = "bin binti bt ibn ibnu al el as ar az ash asy van der den de da do dos te ter"
PARTICLES = frozenset(_SMALL.split())
"""Written small within a name."""

_GOVERNMENT = (
    "ad adat ahli akademisi an analis anggota asisten atas badan bagian bapak besar bidang biro blud bupati "
    "camat contoh daerah dan dekan deputi desa dewan di dinas direktorat direktur dirjen distrik dosen dprd "
    "forum fungsional gubernur gugus guru harian i ibu ii iii indonesia inspektorat inspektur institut "
    "interim iv jawab jenderal kab kabag kaban kabid kabiro kabupaten kades kadis kampung kantor karo kasi "
    "kasubag kasubbag kecamatan kelompok kelurahan kepala kerja ketua khusus komisi komite koordinator kota "
    "kotamadya lurah madya majelis manajer masyarakat menteri muda nagari nama negara pada pakar para "
    "pejabat pelaksana pembantu pembina pemerintah pemerintahan pemkab pemkot pemprov penanggung penasihat "
    "penata pengampu pengarah pengelola penjabat perangkat perguruan pertama pj pjs plh plt pokja "
    "politeknik pp presiden prov provinsi puskesmas rektor republik rsud satpol satuan sekda sekdakab "
    "sekdako sekkab sekko sekolah sekretariat sekretaris seksi selaku sementara setda staf struktural sub "
    "subbagian subbidang subkoordinator tetua tim tinggi tokoh tugas ub unit universitas unsur upt uptd "
    "utama v vi wakil wali walikota"
)
_AFFAIRS = (
    "administrasi agama air akuntansi alam anak anggaran aparatur aplikasi arsip aset bangsa bantuan "
    "bapedalitbang bapelitbangda bapenda bappeda bappelitbang bappelitbangda bappenda bapperida barang "
    "bencana berencana bina birokrasi bkad bkd bkpp bkpsdm bpbd bpkad bpkd bppkad branding brida budaya "
    "catatan cerdas cipta city damkar data daya dimensi diskominfo diskominfosantik diskominfotik dkp dlh "
    "dokumentasi dp3a dpmd dpmptsp dppkb dpupr dukcapil economy ekonomi elektronik energi environment esdm "
    "evaluasi governance ham hewan hidup hijau hortikultura hubungan hukum industri informasi informatika "
    "infrastruktur inovasi investasi islam istimewa jaringan jasa kajian karya kawasan keamanan kearsipan "
    "kebakaran kebersihan kebudayaan kecil kehidupan kehutanan keistimewaan kelautan kelola keluarga "
    "kemasyarakatan kepegawaian kepemudaan kependudukan keprotokolan kerja kesatuan kesbangpol kesehatan "
    "kesejahteraan ketahanan ketenagakerjaan ketenteraman ketertiban keuangan kinerja kominfo kominfosandi "
    "kominfotik komunikasi koperasi kreatif layanan lingkungan living manusia marga menengah mikro mineral "
    "modal monitoring mutu olahraga organisasi otonomi pajak pamong pangan pariwisata pasar pekerjaan "
    "pelaporan pelatihan pelayanan pelindungan pemadam pemasaran pembangunan pemberdayaan pemuda penanaman "
    "penanggulangan penataan pencatatan pendapatan pendidikan penduduk penelitian pengadaan pengawasan "
    "pengembangan pengendalian penyelamatan perbatasan perbendaharaan perdagangan perekonomian perempuan "
    "perencana perencanaan perhubungan perikanan perindustrian perizinan perkebunan perkim perlindungan "
    "permukiman perpustakaan persandian pertamanan pertanahan pertanian perumahan perundang peternakan "
    "pimpinan pintu pmd pmptsp polisi politik praja program protokol publik pupr rakyat reformasi rencana "
    "retribusi riset ruang rumah satu sekretariat siber sipil smart smartcity society sosial statistik "
    "sumber syariat tanah tanaman tangga tangguh tata teknologi telekomunikasi tenaga terpadu tphp "
    "transmigrasi transportasi ukm umkm umum undangan usaha wisata"
)
_ENGLISH = (
    "academic acting administration administrative adviser advisor affairs agency agriculture and archives "
    "asset assets assistant at behalf board body branding brigade bureau business caretaker central chair "
    "chairman chairwoman charge chief child city civil committee communication communications community "
    "cooperative cooperatives coordinator council crops cultural culture dean department deputy development "
    "dimension director disaster district division east economic economy education elder empowerment "
    "encryption environment environmental example executive expert finance financial fire fisheries food "
    "for force forestry general governance government governor green head health horticulture housing human "
    "implementation in industry informatics information innovation inspector inspectorate investment keeper "
    "law lecturer legal library livestock living management manpower marine mayor member minister ministry "
    "municipal municipality north of office officer on one organisation personnel planning plantations "
    "police politics population procurement professor protection province provincial public rector regency "
    "regent regional registration research resources revenue secretariat secretary section security service "
    "services settlements small smart social society south spatial sports staff statistics stop task team "
    "technology the tourism trade transmigration transport transportation unit unity university vice "
    "village welfare west women works youth"
)
IN_OFFICES = frozenset((*_GOVERNMENT.split(), *_AFFAIRS.split(), *_ENGLISH.split()))
"""Of which offices are made in every region: what they are, whom they serve, and no verb."""

_SENTENCES = (
    "agar agrees akan anggaran approved approves asisten atau badan bagian bahwa bank bayar beli belum "
    "bersedia berutang budget bupati company cv daerah dalam dari dengan dibayar dijual dinas diparaf "
    "disetujui ditolak final gubernur hutang ini initialled itu jaminan jual juta kabag kabupaten kadis "
    "kepada kepala lelang loan lunas maka membayar membeli menanggung menerima mengesahkan menjamin menjual "
    "menolak menteri menunjuk menyatakan menyetujui miliar milyar paraf pemerintah persetujuan perusahaan "
    "pinjaman presiden provinsi proyek pt ratus regent ribu rupiah sah sebagai secretary sekda sekretaris "
    "selaku seluruh semua semuanya serta setuju sudah tanah tanpa tbk telah tidak tolak triliun ulayat "
    "untuk utang walikota yang"
)
IN_SENTENCES = frozenset(_SENTENCES.split())
"""Of offices, sums and sentences, and in nobody's name; in no office either but as above."""
