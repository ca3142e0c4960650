"""What mutants are made of: keys, values, numbers, operators, and bytes at which readers part ways."""

from __future__ import annotations

KEYS = (
    "A AA ActualText AF AIS Alt Alternates Annots AP ArtBox AS Ascent Author BBox BM BaseEncoding BaseFont BG BG2 Border"
    " BitsPerComponent BlackGeneration BleedBox BS C CA ca CapHeight CharProcs CharSet CIDSet CIDToGIDMap Colors ColorSpace ColorTransform"
    " Columns Contents Count CropBox D DA Decode DecodeParms DefaultForNull Descent DescendantFonts Dest Differences Domain DP DR DW DW2 DSS"
    " EarlyChange Encode Encoding Extends Extensions ExtGState F FFilter Ff Fields Filter First FirstChar FL Flags Font FontBBox FontDescriptor"
    " FontFamily FontFile FontFile2 FontFile3 FontMatrix FontName FontStretch FontWeight FormType FT Function FunctionType Group H Height HT HTO I"
    " Identity ImageMask Info Intent Interpolate ItalicAngle JS K Kids Lang Last LastChar Leading Length Length1 Length2 LJ LC LW Linearized Lock"
    " Mask Matrix Matte MaxWidth MCID MediaBox Metadata MissingWidth MK ML N Name Names NeedAppearances Next O OC OCProperties Off OP op OPI OPM"
    " OpenAction Order Ordering Outlines OutputIntents P PA PageLabels PageLayout PageMode Pages PaintType Params Parent Pattern PatternType Perms"
    " PieceInfo Predictor PresSteps Prev PrinterMark Private ProcSet Properties Q R Range Rect Ref Resources RI Root Rotate Rows RV SA S Shading"
    " ShadingType SigFlags Size SM SMask SMaskInData StemH StemV StructParent StructParents StructTreeRoot Subtype SV T Tabs Threads Thumb TI TilingType"
    " Title TK TM TPE TR TR2 Trans TrimBox TU TX Type UCR UCR2 UF ToUnicode Usage UseCMap UserUnit V Version VE Vertices ViewerPreferences VP W WMode"
    " Width Widths XFA XHeight XObject XStep XRefStm XUID YStep"
).split()
"""Of any dictionary of ISO 32000-1."""
VALUES = (
    "0", "1", "-1", "2", "0.5", "8", "90", "180", "360", "45", "-90", "16", "100", "9999", "-1000", "2147483647", "0.0001", "1.0", "true", "false", "null",
    "/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern", "/Identity-H", "/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding", "/MacExpertEncoding",
    "/Multiply", "/Screen", "/Difference", "/Luminosity", "/Normal", "/None", "/All", "/Form", "/Image", "/PS", "/Type0", "/Type1", "/Type3", "/TrueType",
    "/CIDFontType2", "/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode", "/RunLengthDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/Crypt",
    "/Off", "/On", "/OneColumn", "/Perceptual", "/Page", "/Pages", "/Catalog", "/Widget", "/Link", "/Stamp", "/Highlight", "/Sig", "/Tx", "/Group", "/Transparency",
    "(Rp 9)", "()", "(A)", "<FEFF00520070>", "[]", "[0]", "[0 0 0 0]", "[0 0 595 842]", "[0 0 100 100]", "[100 100 400 400]", "[-1000 -1000 2000 2000]", "[1 0 0 1 0 0]",
    "[2 0 0 2 0 0]", "[0 1 -1 0 0 0]", "[0 0 0 0 0 0]", "[1 0 0 1 300 300]", "[0.001 0 0 0.001 0 0]", "[1 0 0 1]", "[1 0]", "[0 1]", "[1 0 1 0 1 0]", "[1 1]", "[0 255]",
    "[/FlateDecode]", "[/ASCIIHexDecode /FlateDecode]", "[/FlateDecode /FlateDecode]", "[/Indexed /DeviceRGB 1 <000000FFFFFF>]", "[/CalRGB << /WhitePoint [1 1 1] >>]",
    "[/CalGray << /WhitePoint [1 1 1] /Gamma 4 >>]", "[/Lab << /WhitePoint [1 1 1] >>]", "[/Separation /All /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 >>]", "[/Pattern /DeviceRGB]",
    "<< >>", "<< /S /Transparency >>", "<< /S /Transparency /CS /DeviceRGB /I true /K true >>", "<< /Type /ExtGState /ca 0.5 /CA 0.5 >>", "<< /Type /ExtGState /BM /Multiply >>",
    "<< /Predictor 12 /Columns 5 >>", "<< /Predictor 2 >>", "<< /EarlyChange 0 >>", "<< /ColorTransform 0 >>", "<< /Type /Encoding /Differences [32 /A /B /C] >>",
    "<< /S /JavaScript /JS (1) >>", "<< /S /URI /URI (https://x.example/) >>", "<< /Type /OCG /Name (x) >>", "<< /N << /On null >> >>", "<< /Type /Mask /S /Luminosity >>",
    "<< /FunctionType 2 /Domain [0 1] /N 1 >>", "<< /W 20 /S /S >>", "<< /BC [1 0 0] /BG [0 1 0] >>",
)  # fmt: skip
NUMBERS = (
    "0 1 -1 .5 2 3 .001 .01 .02 .05 .1 .2 .25 .29 .3 .31 .5 .7 .99 1.01 1.14 1.5 2.5 3.5 5 8 12 20 28 50 72 90 99 100"
    " 150 255 256 300 595 842 1000 1999 4000 9999 14400 19999 20001 32767 32768 65536 99999 999999 1000000 2147483647"
    " 2147483648 4294967296 99999999999 -.01 -.3 -1.5 -3 -10 -20 -90 -300 -842 -9999 -20000 -32768 -999999 1e5 --1 +.5"
    " 00001 0.0000001 1.00000001 4.5.6 - ."
).split()
"""Where readers round, wrap around, or give up."""
OPERATORS = (
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l M m MP n q Q re RG"
    " rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""
).split()
"""All of ISO 32000-1, annex A."""
RAW = (
    b"Q", b"q", b"]", b"[", b"<<", b">>", b"<< ]", b"[ >>", b"{", b"}", b"%", b"% x\r", b"% Q\n", b"\0", b"\x0b", b"\x80", b")", b"(",
    b"<", b">", b"endstream", b"endobj", b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI", b"BI ID EI", b"true", b"null", b"/", b"//", b"/#",
    b"<</A [>> Q ]>>", b"1 0 R", b"[/A << ] >> Q", b"ET", b"BT", b"EMC", b"BX", b"EX", b"q Q Q q", b"ET Q BT", b"QQ", b"Q/", b"q(", b"1Q", b".Q",
    b"-Q", b"Qq", b"q\nQ\nQ", b"<414> Tj", b"<<", b"<</MCID 0>> BDC", b"/A <</B [<</C>>]>> DP", b"[[1]] 0 d", b"[(a] ) TJ",
)  # fmt: skip
"""Bytes at which readers part ways."""
