/**
 * Wheels measured on 2026-11-20 and the day after, CPython 3.11 on linux/amd64: name, version, bytes of the wheel, unpacked,
 * how many files, bytes of Python source, how many such files, byte code per thousand bytes of source, and what it needs;
 * with [EXTRA] what an extra needs besides. Renew: `npm run data:languages`.
 *
 * Source: the wheels themselves, those of recorded builds with pip 23.0 first.
 */
export const pipWheels = `agent-detector 2.0.0 9352 19106 11 10324 5 1281
aiohappyeyeballs 2.7.1 15038 40006 10 19209 5 1319
aiohttp 3.14.5 1929915 7094335 73 994558 54 1308 aiohappyeyeballs aiosignal attrs frozenlist multidict propcache typing-extensions yarl
aiosignal 1.4.0 7490 17188 7 1537 1 2042 frozenlist typing-extensions
alembic 1.20.1 270355 1095844 103 965037 77 1289 mako sqlalchemy typing-extensions
alembic[tz] - 0 0 0 0 0 - tzdata
amqp 5.4.2 51956 195002 19 181702 14 1165 vine
annotated-doc 0.0.5 5302 9515 8 1127 2 2082
annotated-types 0.8.0 13427 36347 7 19583 2 1790
ansible-core 2.19.14 2426850 7979775 1101 6764666 781 1256 cryptography jinja2 packaging pyyaml resolvelib
anyio 4.15.1 132079 539217 53 529017 46 1531 idna typing-extensions
argon2-cffi 25.1.0 14657 34672 13 28351 8 1383 argon2-cffi-bindings
argon2-cffi-bindings 26.2.0 26650 65760 6 86 1 4035 cffi
arrow 1.4.0 68797 305594 15 285360 10 990 python-dateutil tzdata
asgiref 3.12.1 25478 77147 16 64882 10 1356
ast-serialize 0.13.1 1313260 3206749 10 135 1 2941
asttokens 3.0.2 28702 80904 15 59830 7 1281
async-lru 2.4.0 10045 28389 7 15809 1 1466
async-timeout 5.0.1 6233 15669 8 9186 1 1320
attrs 26.1.0 67548 233691 35 193323 19 1172
babel 2.18.0 10196845 30909296 1119 469334 27 1222
backports-tarfile 1.2.0 30181 113206 10 109199 5 1236
backports-zstd 1.8.0 493818 1350298 31 315840 18 1265
bcrypt 5.0.0 278240 655294 9 1000 1 746
beautifulsoup4 4.15.0 109924 406491 21 397324 15 1014 soupsieve typing-extensions
billiard 4.3.2 90632 312118 33 302966 28 1575
black 26.10.1 2019042 6035128 84 688308 42 1216 click mypy-extensions packaging pathspec platformdirs pytokens
bleach 6.4.0 165109 665011 61 600501 43 1271 webencodings
bleach[css] - 0 0 0 0 0 - tinycss2
blinker 1.9.0 8458 24487 8 21124 3 1297
boto3 1.44.5 140158 991217 62 306349 39 1117 botocore jmespath s3transfer
botocore 1.44.5 16555415 21111421 2039 1449892 77 1177 jmespath python-dateutil urllib3
build 1.6.1 31179 91710 19 83335 13 1467 packaging pyproject-hooks
build[virtualenv] - 0 0 0 0 0 - virtualenv
cachecontrol 0.14.4 22247 56510 18 51242 12 1290 msgpack requests
cachecontrol[filecache] - 0 0 0 0 0 - filelock
cachecontrol[redis] - 0 0 0 0 0 - redis
cachetools 8.0.1 19095 74158 16 52859 7 1796
celery 5.7.0 519594 1734753 168 1691885 161 1383 billiard click click-didyoumean click-plugins click-repl kombu python-dateutil tzlocal vine
celery[msgpack] - 0 0 0 0 0 - kombu kombu[msgpack]
celery[redis] - 0 0 0 0 0 - kombu kombu[redis]
celery[s3] - 0 0 0 0 0 - boto3
certifi 2026.7.22 136983 248921 12 4198 5 1298
cffi 2.1.1 217807 718809 34 337601 20 1401 pycparser
charset-normalizer 3.5.2 269972 782449 25 192034 12 1034
cleo 2.1.0 78711 256840 77 236534 72 1642 crashtest rapidfuzz
click 8.5.0 125251 447719 22 441955 17 1239
click-didyoumean 0.3.1 3631 7556 5 2054 1 1859 click
click-plugins 1.1.1.2 11051 21885 10 12819 3 1095 click
click-repl 0.4.1 14988 39850 14 33813 8 1336 click prompt-toolkit typing-extensions
cloudpickle 3.1.2 22228 68989 7 59505 3 1019
colorama 0.4.6 25335 77669 17 57543 13 1759
comm 0.2.3 7294 17736 7 11967 2 1389
contourpy 1.3.3 355238 1065282 24 120321 17 1339 numpy
coverage 7.17.3 263184 848004 62 607520 44 1304
coverage[toml] - 0 0 0 0 0 -
crashtest 0.4.1 7558 13786 17 10110 12 2141
cryptography 50.0.2 4752576 14999630 141 429839 78 1439 cffi typing-extensions
cycler 0.12.1 8321 22614 7 16709 1 1536
debugpy 1.8.22 3074375 14316307 289 4859729 237 1055
defusedxml 0.7.1 25604 68651 16 32332 11 1406
detect-installer 0.2.1 5371 8580 9 5838 3 1796
distlib 0.4.4 472099 1169407 24 397016 13 1354
django 5.2.17 8315563 23410777 3668 5680038 883 1339 asgiref sqlparse
django-cors-headers 4.9.0 12809 33507 13 14724 7 1530 asgiref django
django-environ 0.14.0 20934 66424 10 50340 4 1257
django-filter 26.2 94077 216962 62 86645 15 1662 django
django[argon2] - 0 0 0 0 0 - argon2-cffi
django[bcrypt] - 0 0 0 0 0 - bcrypt
djangorestframework 3.18.3 903986 2691445 217 562671 73 1357 django
dnspython 2.9.2 360455 1188655 166 1168554 161 1353
docker 7.2.0 148775 515110 71 494825 67 1309 requests urllib3
dulwich 1.2.21 1549297 5145378 97 3107019 85 1201 typing-extensions urllib3
email-validator 2.4.0 36810 105013 16 75995 9 733 dnspython idna
et-xmlfile 2.0.0 18059 59203 10 39648 3 866
executing 2.3.0 29393 99167 13 87834 7 1242
fastapi 0.142.2 144409 866243 65 808986 52 874 annotated-doc opentelemetry-api pydantic starlette typing-extensions typing-inspection
fastapi-cli 0.0.34 14472 40122 15 31078 9 1356 rich-toolkit typer uvicorn uvicorn[standard]
fastapi-cli[standard-no-fastapi-cloud-cli] - 0 0 0 0 0 - uvicorn uvicorn[standard]
fastapi-cli[standard] - 0 0 0 0 0 - fastapi-cloud-cli uvicorn uvicorn[standard]
fastapi-cloud-cli 0.28.0 109934 305584 98 291708 92 1582 agent-detector detect-installer fastar httpx pydantic pydantic[email] rich-toolkit rignore sentry-sdk typer uvicorn uvicorn[standard]
fastapi-cloud-cli[standard] - 0 0 0 0 0 - uvicorn uvicorn[standard]
fastapi[all] - 0 0 0 0 0 - email-validator fastapi-cli fastapi-cli[standard] httpx httpx2 itsdangerous jinja2 opentelemetry-exporter-otlp-proto-http opentelemetry-sdk pydantic-extra-types pydantic-settings python-multipart pyyaml uvicorn uvicorn[standard]
fastapi[standard] - 0 0 0 0 0 - email-validator fastapi-cli fastapi-cli[standard] fastar httpx httpx2 jinja2 opentelemetry-exporter-otlp-proto-http opentelemetry-sdk pydantic-extra-types pydantic-settings python-multipart uvicorn uvicorn[standard]
fastar 0.12.0 812845 2031658 9 107 1 3495
fastjsonschema 2.22.3 28442 97417 18 91793 11 1568
filelock 4.2.11 222003 1102193 29 603525 23 1161
findpython 0.8.0 21980 57390 24 48719 19 1696 packaging platformdirs
flake8 7.5.0 57487 167191 39 158588 33 1362 mccabe pycodestyle pyflakes
flask 3.1.3 103424 344768 31 337446 24 1195 blinker click itsdangerous jinja2 markupsafe werkzeug
flask-cors 6.0.5 16692 44473 9 38282 4 1147 flask werkzeug
flask-migrate 4.1.0 21237 54527 23 40764 6 1484 alembic flask flask-sqlalchemy
flask-sqlalchemy 3.1.1 25125 82542 15 76286 10 1243 flask sqlalchemy
flask[async] - 0 0 0 0 0 - asgiref
flower 2.2.0 407554 2130509 56 145238 26 1637 celery humanize prometheus-client pytz tornado
fonttools 4.68.0 5493829 23483830 374 4697805 352 1275
fqdn 1.6.0 12569 32545 9 4962 2 1524
frozenlist 1.8.0 231067 788006 10 2108 1 2094
gevent 26.9.0 2204727 6195891 302 2172919 263 1329 greenlet zope-event zope-interface
googleapis-common-protos 1.76.0 307707 787394 199 231020 68 826 protobuf
greenlet 3.5.6 624428 2082096 99 200313 29 1518
grpcio 1.85.1 7392335 18328945 66 624598 56 1232 typing-extensions
gunicorn 26.2.0 228389 829524 74 816590 68 1326
gunicorn[http2] - 0 0 0 0 0 - h2
h11 0.16.0 37515 103935 17 93117 11 983
h2 4.4.1 62636 244904 18 238655 12 1048 hpack hyperframe
hpack 4.2.0 34246 220322 14 214803 8 958
httpcore 1.0.9 78784 288016 36 261935 31 1396 certifi h11
httpcore2 2.16.2 85551 307177 37 274300 32 1420 h11 truststore
httpcore2[asyncio] - 0 0 0 0 0 - anyio
httpcore2[http2] - 0 0 0 0 0 - h2
httpcore[asyncio] - 0 0 0 0 0 - anyio
httpcore[http2] - 0 0 0 0 0 - h2
httpie 3.2.4 127860 352396 88 302465 78 1508 charset-normalizer defusedxml multidict pip pygments requests requests-toolbelt requests[socks] rich setuptools
httptools 0.9.0 499139 1649664 22 3127 5 1743
httpx 0.28.1 73517 295303 29 284396 23 1304 anyio certifi httpcore idna
httpx2 2.16.2 97893 412041 37 397447 31 1324 anyio httpcore2 idna truststore typing-extensions
httpx2[http2] - 0 0 0 0 0 - h2
httpx2[zstd] - 0 0 0 0 0 - backports-zstd
httpx[http2] - 0 0 0 0 0 - h2
humanize 4.17.0 133715 464726 84 50352 7 1236
hyperframe 6.1.0 13007 40887 10 34580 4 1494
idna 3.20 69583 342091 16 332039 10 551
importlib-metadata 10.2.0 34109 92936 22 75982 16 1658 lazy-importer zipp
iniconfig 2.3.1 7552 18341 10 13529 4 1524
installer 1.1.0 464466 978081 23 53172 10 1404
invoke 3.0.3 160958 567628 57 555030 47 1208
ipykernel 7.4.0 123184 376832 58 340938 46 1322 comm debugpy ipython jupyter-client jupyter-core matplotlib-inline nest-asyncio2 packaging pyzmq tornado traitlets
ipython 9.18.1 649819 2083707 194 2047037 173 1226 ipython-pygments-lexers jedi matplotlib-inline pexpect prompt-toolkit psutil pygments stack-data traitlets typing-extensions
ipython-pygments-lexers 1.1.1 8074 23118 6 19656 1 932 pygments
ipython[matplotlib] - 0 0 0 0 0 - matplotlib
isoduration 20.11.0 11321 24457 18 16327 13 1796 arrow
isort 9.0.2 1593851 5022492 97 356265 45 1141 mypy-extensions
itsdangerous 2.2.0 16234 46856 13 42346 8 1263
jaraco-classes 3.4.0 6777 14745 10 10176 4 1616 more-itertools
jaraco-context 6.1.2 7871 18426 7 12432 1 1529 backports-tarfile
jaraco-functools 4.6.0 11677 29547 10 19785 1 1469 more-itertools
jedi 0.20.1 4885980 14584318 5626 812595 84 1479 parso
jeepney 0.9.0 49010 140888 34 131179 29 1880
jinja2 3.1.6 134899 496892 31 490066 25 1464 markupsafe
jmespath 1.1.0 20419 70223 14 60313 9 1474
joblib 1.6.0 306115 921902 141 862665 71 1344 cloudpickle
json5 0.17.3 34809 126265 14 83181 7 1803
jsonpointer 3.12 10562 26387 9 14890 1 1295
jsonschema 4.26.0 90630 476081 43 346362 37 1539 attrs jsonschema-specifications referencing rpds-py
jsonschema-specifications 2025.9.1 18437 47261 28 2632 4 1856 referencing
jsonschema[format-nongpl] - 0 0 0 0 0 - fqdn idna isoduration jsonpointer rfc3339-validator rfc3986-validator rfc3987-syntax uri-template webcolors
jupyter-builder 1.3.0 950335 2751218 27 113289 17 1361 jupyter-core traitlets
jupyter-client 8.10.0 110184 361609 44 347323 38 1335 jupyter-core python-dateutil pyzmq tornado traitlets typing-extensions
jupyter-core 5.9.1 29032 90396 16 85801 10 1312 platformdirs traitlets
jupyter-events 0.12.1 19512 47469 20 36445 11 1432 jsonschema jsonschema[format-nongpl] packaging python-json-logger pyyaml referencing rfc3339-validator rfc3986-validator traitlets
jupyter-lsp 2.3.1 77513 253877 71 113234 49 1691 jupyter-server
jupyter-server 2.21.1 394641 1723607 128 750831 88 1324 anyio argon2-cffi jinja2 jupyter-client jupyter-core jupyter-events jupyter-server-terminals nbconvert nbformat overrides packaging prometheus-client pyzmq send2trash terminado tornado traitlets websocket-client
jupyter-server-terminals 0.5.4 13704 31233 14 19162 7 1450 terminado
jupyterlab 4.6.6 17334944 41960173 1057 374058 44 1399 async-lru httpx ipykernel jinja2 jupyter-builder jupyter-core jupyter-lsp jupyter-server jupyterlab-server notebook-shim packaging tornado traitlets typing-extensions
jupyterlab-pygments 0.3.0 15884 38088 14 9115 3 434
jupyterlab-server 2.28.1 60197 188586 40 142089 22 1382 babel jinja2 json5 jsonschema jupyter-server packaging requests
keyring 25.7.0 39160 103576 37 76788 28 1780 importlib-metadata jaraco-classes jaraco-context jaraco-functools jeepney secretstorage
kiwisolver 1.5.1 1438206 5588394 10 2255 2 1441
kombu 5.7.0 266635 924774 87 898284 81 1382 amqp vine
kombu[mongodb] - 0 0 0 0 0 - pymongo
kombu[msgpack] - 0 0 0 0 0 - msgpack
kombu[redis] - 0 0 0 0 0 - packaging redis
kombu[sqlalchemy] - 0 0 0 0 0 - sqlalchemy
kombu[yaml] - 0 0 0 0 0 - pyyaml
lark 1.3.1 113151 357982 46 338124 35 1611
lazy-importer 0.1.0 12580 33806 8 14419 3 1632
librt 0.16.0 515981 1592235 21 0 0 -
lxml 6.1.3 5211431 11537663 174 303025 29 1212
mako 1.4.3 80164 280536 39 272933 33 1445 markupsafe
markdown 3.11.3 116758 366167 39 354895 33 1260
markdown-it-py 4.3.0 96951 258772 74 239021 66 1192 mdurl
markupsafe 3.0.3 22940 67052 14 13458 2 1971
marshmallow 3.21.2 49299 190161 18 180507 13 1295 packaging
marshmallow[tests] - 0 0 0 0 0 - pytest pytz simplejson
matplotlib 3.11.2 9854405 24985774 601 8077571 289 1417 contourpy cycler fonttools kiwisolver numpy packaging pillow pyparsing python-dateutil
matplotlib-inline 0.2.2 9534 21367 9 16501 3 1234 traitlets
mccabe 0.7.0 7350 17616 7 10654 1 1930
mdurl 0.1.2 9979 23308 11 18437 6 1034
mistune 3.4.0 70398 212589 46 204926 39 1637
more-itertools 11.2.1 74405 302620 11 222020 3 1282
msgpack 1.2.4 480247 1675284 10 42328 4 1398
multidict 7.2.1 510054 1749859 15 62111 4 1684
mypy 2.4.1 15421496 50581260 1472 6912995 336 1297 ast-serialize librt mypy-extensions pathspec typing-extensions
mypy-extensions 1.2.0 5114 11633 5 8801 1 1549
narwhals 2.29.0 501718 2121026 175 2089644 170 1440
nbclient 0.11.0 25288 81099 14 71073 8 1260 jupyter-client jupyter-core nbformat traitlets
nbconvert 7.17.2 262094 947973 131 279843 72 1326 beautifulsoup4 bleach bleach[css] defusedxml jinja2 jupyter-core jupyterlab-pygments markupsafe mistune nbclient nbformat packaging pandocfilters pygments traitlets
nbformat 5.11.1 79849 289779 54 168385 40 1331 fastjsonschema jsonschema jupyter-core traitlets
nest-asyncio2 1.7.4 8543 24301 6 15300 1 1324
notebook-shim 0.2.4 13307 34782 16 27564 11 1286 jupyter-server
numpy 2.4.6 16918164 57360224 1166 9118732 487 1539
openpyxl 3.1.5 250910 863840 195 843554 190 1459 et-xmlfile
opentelemetry-api 1.45.0 60020 195767 47 178065 30 1342 typing-extensions
opentelemetry-exporter-http-transport 0.66b2 12154 27919 11 12760 5 1537 opentelemetry-api
opentelemetry-exporter-http-transport[requests] - 0 0 0 0 0 - requests
opentelemetry-exporter-otlp-common 0.66b2 12385 32553 10 18121 5 1370 opentelemetry-sdk
opentelemetry-exporter-otlp-proto-common 1.45.2 15392 42639 14 27744 9 1279 opentelemetry-proto
opentelemetry-exporter-otlp-proto-http 1.45.2 22180 71718 13 55403 7 1140 googleapis-common-protos opentelemetry-api opentelemetry-exporter-http-transport opentelemetry-exporter-http-transport[requests] opentelemetry-exporter-otlp-common opentelemetry-exporter-otlp-proto-common opentelemetry-proto opentelemetry-sdk requests typing-extensions
opentelemetry-proto 1.45.2 72484 256524 44 62097 29 1048 protobuf
opentelemetry-sdk 1.45.2 141756 523734 70 493426 61 1199 opentelemetry-api opentelemetry-semantic-conventions typing-extensions
opentelemetry-semantic-conventions 0.66b2 206280 751738 132 722496 127 669 opentelemetry-api typing-extensions
orjson 3.13.0 130518 336671 11 693 1 1104
overrides 7.7.0 17832 55879 12 37723 6 1373
packaging 26.3 129956 499179 29 481499 22 1119
pandas 3.0.6 11108900 39048646 1678 21322696 1421 1513 numpy python-dateutil
pandas[feather] - 0 0 0 0 0 - pandas pandas[pyarrow]
pandas[mysql] - 0 0 0 0 0 - pymysql sqlalchemy
pandas[parquet] - 0 0 0 0 0 - pandas pandas[pyarrow]
pandas[plot] - 0 0 0 0 0 - matplotlib
pandas[timezone] - 0 0 0 0 0 - pytz
pandas[xml] - 0 0 0 0 0 - lxml
pandocfilters 1.5.1 8663 20158 6 9070 1 1528
paramiko 5.1.0 211623 708382 47 674417 42 1230 bcrypt cryptography invoke pynacl
parso 0.8.7 107025 355069 37 270568 21 1320
pathspec 1.1.1 57328 164568 36 129828 31 1192
pbs-installer 2026.10.25 109933 937589 12 16740 5 1656
pbs-installer[all] - 0 0 0 0 0 - pbs-installer pbs-installer[download] pbs-installer[install]
pbs-installer[download] - 0 0 0 0 0 - httpx2
pbs-installer[install] - 0 0 0 0 0 - backports-zstd
pexpect 4.9.0 63772 191354 24 185533 18 1276 ptyprocess
pillow 12.3.0 6934408 19639736 145 1160872 97 1293
pip 26.3 1950951 6187545 513 4992469 441 1183
pipenv 2026.10.3 2633463 8401894 720 7191062 638 1225 certifi packaging setuptools virtualenv
pkginfo 1.13.3 35615 117316 38 91886 21 1830
platformdirs 4.14.7 89658 671843 21 167110 14 1263
plotly 7.1.0 9692368 40383304 1549 17380065 1508 1190 narwhals packaging
pluggy 1.7.0 27082 82101 19 74497 13 1317
poetry 2.5.1 307610 989692 200 951014 193 1414 build cachecontrol cachecontrol[filecache] cleo dulwich fastjsonschema findpython installer keyring packaging pbs-installer pbs-installer[download] pbs-installer[install] pkginfo platformdirs poetry-core pyproject-hooks requests requests-toolbelt shellingham tomlkit trove-classifiers virtualenv
poetry-core 2.5.0 413562 1494794 174 1349744 149 1367
prometheus-client 0.26.0 64494 213363 37 196232 30 1448
prompt-toolkit 3.0.53 392288 1397699 152 1375358 145 1310 wcwidth
propcache 0.5.4 235381 815295 13 4607 4 1435
protobuf 7.36.2 343223 1388238 63 958102 58 1084
psutil 7.2.2 155560 520630 16 344560 10 1220
psycopg 3.3.9 219041 756510 90 726998 83 1596 typing-extensions
psycopg-binary 3.3.9 3944426 10813524 26 648 2 1776
psycopg2-binary 2.9.9 3019515 7529973 31 126101 11 1315
psycopg[binary] - 0 0 0 0 0 - psycopg-binary
ptyprocess 0.7.0 13993 39907 8 36971 4 1193
pure-eval 0.2.4 11893 33043 11 24586 5 1637
pycodestyle 2.15.0 31583 108636 7 102143 1 1155
pycparser 3.0 48172 203745 13 188588 7 1310
pydantic 2.13.5 472589 1893945 111 1773212 105 1173 annotated-types pydantic-core typing-extensions typing-inspection
pydantic-core 2.46.5 2062091 5012132 10 160689 2 1034 typing-extensions
pydantic-extra-types 2.11.1 79526 304982 32 296748 27 1261 pydantic typing-extensions
pydantic-settings 2.16.3 82679 308990 27 301282 22 1156 pydantic python-dotenv typing-extensions typing-inspection
pydantic[email] - 0 0 0 0 0 - email-validator
pyflakes 4.1.0 66258 304220 29 296870 23 1643
pygments 2.21.0 1250147 4621166 349 4577209 343 874
pyjwt 2.15.1 33860 122170 19 115748 12 1245
pyjwt[crypto] - 0 0 0 0 0 - cryptography
pymongo 4.20.0 1036387 3772895 174 2575107 154 1168 dnspython
pymongo[zstd] - 0 0 0 0 0 - backports-zstd
pymysql 1.2.4 46892 148123 23 140921 18 1410
pynacl 1.6.2 1402859 3971904 38 233313 30 1199 cffi
pyparsing 3.3.3 126420 489016 23 471654 17 1274
pyproject-api 1.12.1 14055 42357 13 37524 7 1446 packaging
pyproject-hooks 1.3.3 10724 33192 9 29936 4 1427
pysocks 1.7.1 16725 50324 7 35052 2 1304
pytest 9.2.0 411776 1448730 90 1432426 82 1317 iniconfig packaging pluggy pygments
pytest-cov 7.1.0 22876 72469 9 34623 3 1386 coverage coverage[toml] pluggy pytest
python-dateutil 2.9.0.post0 229892 441579 25 271736 18 1193 six
python-discovery 1.9.5 44377 140514 18 133590 13 1518 filelock
python-dotenv 1.2.4 23266 65897 15 33009 8 1713
python-json-logger 4.2.0 14988 39737 15 34072 9 1308
python-multipart 0.0.34 32585 113354 13 94531 8 990
pytokens 0.4.1 260824 767993 13 48032 4 1339
pytz 2026.6 506321 1002659 616 71040 6 1091
pyyaml 6.0.3 806638 2874560 24 218908 18 1265
pyzmq 27.3.0 875050 2231678 97 406508 68 1368
rapidfuzz 3.14.6 3180952 12035801 67 235876 37 1118
rapidfuzz[all] - 0 0 0 0 0 - numpy
redis 8.1.0 560618 2599760 125 2571536 120 1228 async-timeout
referencing 0.37.0 26766 115368 19 109224 13 1541 attrs rpds-py typing-extensions
requests 2.34.2 73075 234397 26 217284 19 1227 certifi charset-normalizer idna urllib3
requests-toolbelt 1.0.0 54481 145899 40 125844 34 1455 requests
requests[socks] - 0 0 0 0 0 - pysocks
resolvelib 1.2.1 18737 53691 15 47843 9 1455
rfc3339-validator 0.1.4 3490 4622 7 1110 1 1494 six
rfc3986-validator 0.1.1 4242 8087 7 4395 1 989
rfc3987-syntax 1.1.0 8046 18424 9 4238 3 1501 lark
rich 15.0.0 310654 1245816 105 1218165 100 1186 markdown-it-py pygments
rich-toolkit 0.20.6 39466 119344 29 109873 23 1465 click rich typing-extensions
rignore 0.8.1 932629 2559660 9 111 1 3396
rpds-py 2026.9.1 375426 1086124 9 99 1 3717
ruff 0.17.6 10645279 24992456 9 3864 3 1771
s3transfer 0.19.3 90252 341427 22 326377 16 1165 botocore
scikit-learn 1.9.1 9315422 31454561 1008 13444062 671 1267 joblib narwhals numpy scipy threadpoolctl
scipy 1.17.1 35349300 114305410 1541 20762532 973 1379 numpy
seaborn 0.13.2 294914 1042591 58 1031041 54 1242 matplotlib numpy pandas
secretstorage 3.5.0 15554 38321 13 31669 7 1435 cryptography jeepney
send2trash 2.2.0 17436 33931 19 26643 13 1285
sentry-sdk 2.75.0 555165 2190060 210 2157853 203 1241 certifi urllib3
sentry-sdk[asyncio] - 0 0 0 0 0 - httpcore httpcore[asyncio]
sentry-sdk[http2] - 0 0 0 0 0 - httpcore httpcore[http2]
setuptools 84.2.1 876263 3002768 348 2618294 229 1217
shellingham 1.5.4 9755 18479 13 13090 7 1628
simplejson 4.3.0 205640 678930 51 254009 45 1615
six 1.17.0 11050 37975 6 34703 1 1342
soupsieve 2.10 38019 147485 12 140937 7 1235
sqlalchemy 2.1.1 4633286 17857928 300 8555456 258 1200 typing-extensions
sqlalchemy[asyncio] - 0 0 0 0 0 - greenlet
sqlparse 0.6.0 50070 158343 28 144693 21 1453
stack-data 0.6.3 24521 75301 12 54670 6 1557 asttokens executing pure-eval
starlette 1.7.0 78980 269555 41 257955 36 1591 anyio typing-extensions
supervisor 4.3.0 320736 1534705 112 1392004 68 1611
terminado 0.18.1 14154 33325 12 23205 5 1565 ptyprocess tornado
threadpoolctl 3.8.0 32091 113744 5 82267 1 1142
tinycss2 1.5.1 28404 109131 14 103445 10 1323 webencodings
tomli-w 1.2.0 6675 14516 7 7118 2 1742
tomlkit 0.15.2 52225 215561 17 209719 12 1418
tornado 6.6.1 534470 2024440 101 1896638 76 1517
tox 4.67.15 372450 1656029 140 907079 131 1493 cachetools colorama filelock packaging platformdirs pluggy pyproject-api python-discovery tomli-w typing-extensions virtualenv
tqdm 4.70.1 80199 233479 39 162597 31 1478
traitlets 5.16.1 86211 319664 29 304801 24 1331
trove-classifiers 2026.9.21.13 14232 58517 9 43787 2 894
truststore 0.10.5 19017 63033 11 56481 6 1135
typer 0.29.2 121041 471266 43 442006 34 1289 annotated-doc pydantic rich shellingham
typing-extensions 4.16.0 45571 182767 5 165012 1 1107
typing-inspection 0.4.4 14750 54538 9 40388 3 913 typing-extensions
tzdata 2026.6 348210 582438 633 252 22 21782
tzlocal 5.4.5 18215 62750 11 53056 5 1003
ujson 6.1.0 56248 124537 7 0 0 -
uri-template 1.3.0 11140 38036 11 27144 5 1678
urllib3 2.8.0 135717 450461 42 434671 36 1179
urllib3[socks] - 0 0 0 0 0 - pysocks
urllib3[zstd] - 0 0 0 0 0 - backports-zstd
uv 0.13.9 17606939 39564314 12 5128 3 1661
uvicorn 0.54.0 87427 294179 51 281596 45 1456 click h11
uvicorn[standard] - 0 0 0 0 0 - httptools python-dotenv pyyaml uvloop watchfiles websockets
uvloop 0.23.0 3956355 14043889 63 24151 5 1862
vine 5.1.0 9636 23043 11 17017 6 1547
virtualenv 21.15.8 5721550 7739083 119 405723 97 1462 distlib filelock packaging platformdirs python-discovery
watchfiles 1.3.0 458353 1248902 16 43732 7 1390 anyio
wcwidth 0.9.4 785946 3612860 56 1645819 48 1450
webcolors 25.10.0 14905 45475 11 40714 6 1115
webencodings 0.6.1 8745 28295 7 22699 3 1136
websocket-client 1.9.2 95786 363303 43 339323 33 1461
websockets 17.4 226041 835872 62 778902 52 1145
werkzeug 3.1.9 228700 774089 63 745874 52 1345 markupsafe
wheel 0.48.0 33320 96976 20 91780 15 1413 packaging
whitenoise 6.12.0 20302 54642 17 48292 12 1518
yarl 1.25.1 117728 364920 17 90404 8 1143 idna multidict propcache
zipp 4.1.2 10581 24397 12 18682 7 1880
zope-event 6.2 6525 13073 8 4833 3 1288
zope-interface 8.7 276190 1176021 59 810916 52 1669`
