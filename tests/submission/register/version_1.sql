PRAGMA application_id=1380406100;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE budget (
	sha256 TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	dimension TEXT NOT NULL, 
	indicative INTEGER, 
	ceiling INTEGER, 
	realised INTEGER, 
	PRIMARY KEY (sha256, year, source, dimension), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
CREATE TABLE file (
	id INTEGER NOT NULL, 
	path TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	root TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	inode TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	first_run INTEGER NOT NULL, 
	first_seen TEXT NOT NULL, 
	last_run INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(first_run) REFERENCES run (id), 
	FOREIGN KEY(last_run) REFERENCES run (id)
);
INSERT INTO "file" VALUES(1,'/kotak/18.07.asice','/kotak/18.07.asice','/kotak',5000,17,'1:2','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','package','here','basis-lama','',1,'2026-11-24T03:00:00+00:00',1);
INSERT INTO "file" VALUES(2,'/kotak/usulan.zip','/kotak/usulan.zip','/kotak',50,17,'1:3','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','archive','here','','',1,'2026-11-24T03:00:00+00:00',1);
CREATE TABLE indicator (
	sha256 TEXT NOT NULL, 
	no INTEGER NOT NULL, 
	programme INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	baseline TEXT NOT NULL, 
	baseline_year INTEGER, 
	target TEXT NOT NULL, 
	target_year INTEGER, 
	PRIMARY KEY (sha256, no), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
CREATE TABLE package (
	sha256 TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	judged_at TEXT NOT NULL, 
	package TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	region TEXT NOT NULL, 
	region_name TEXT NOT NULL, 
	guideline TEXT NOT NULL, 
	guideline_version TEXT NOT NULL, 
	first_year INTEGER NOT NULL, 
	last_year INTEGER NOT NULL, 
	open_mandatory INTEGER, 
	files INTEGER NOT NULL, 
	signed_at TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO "package" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','valid','2026-11-24T03:00:00+00:00','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','','2026-11-20T00:00:00+00:00','18.07','Kabupaten Lampung Timur','tiny','3',2026,2030,0,4,'2026-11-21T00:00:00+00:00','');
CREATE TABLE "plan" (
	sha256 TEXT NOT NULL, 
	title TEXT NOT NULL, 
	programmes INTEGER NOT NULL, 
	quick_wins INTEGER NOT NULL, 
	activities INTEGER NOT NULL, 
	indicators INTEGER NOT NULL, 
	PRIMARY KEY (sha256), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
INSERT INTO "plan" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','Masterplan',1,0,1,1);
CREATE TABLE programme (
	sha256 TEXT NOT NULL, 
	no INTEGER NOT NULL, 
	programme TEXT NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	dimension TEXT NOT NULL, 
	sub_dimension TEXT NOT NULL, 
	lead TEXT NOT NULL, 
	quick_win INTEGER NOT NULL, 
	activities INTEGER NOT NULL, 
	first_year INTEGER, 
	last_year INTEGER, 
	total_budget INTEGER, 
	PRIMARY KEY (sha256, no), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
CREATE TABLE reason (
	sha256 TEXT NOT NULL, 
	no INTEGER NOT NULL, 
	weight TEXT NOT NULL, 
	code TEXT NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (sha256, no), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
CREATE TABLE run (
	id INTEGER NOT NULL, 
	started TEXT NOT NULL, 
	ended TEXT NOT NULL, 
	folders TEXT NOT NULL, 
	found INTEGER NOT NULL, 
	read INTEGER NOT NULL, 
	vanished INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "run" VALUES(1,'2026-11-24T03:00:00+00:00','2026-11-24T03:00:01+00:00','["/kotak"]',2,2,0);
CREATE TABLE score (
	sha256 TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	section TEXT NOT NULL, 
	title TEXT NOT NULL, 
	items INTEGER NOT NULL, 
	rated INTEGER NOT NULL, 
	mean TEXT NOT NULL, 
	most INTEGER NOT NULL, 
	PRIMARY KEY (sha256, kind, section), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
CREATE TABLE setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "setting" VALUES('due','2026-11-30T23:59:59+07:00');
CREATE TABLE signer (
	sha256 TEXT NOT NULL, 
	no INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	role TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	organisation TEXT NOT NULL, 
	issuer TEXT NOT NULL, 
	certificate TEXT NOT NULL, 
	claimed_at TEXT NOT NULL, 
	test INTEGER NOT NULL, 
	anchor TEXT NOT NULL, 
	timestamped INTEGER NOT NULL, 
	PRIMARY KEY (sha256, no), 
	FOREIGN KEY(sha256) REFERENCES package (sha256) ON DELETE CASCADE
);
INSERT INTO "signer" VALUES('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',0,'','elder','Sekretaris Tim','','Penerbit','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-11-21T00:00:00+00:00',0,'root',0);
CREATE UNIQUE INDEX ix_file_present ON file (path) WHERE state != 'replaced';
CREATE INDEX ix_file_sha256 ON file (sha256);
COMMIT;
