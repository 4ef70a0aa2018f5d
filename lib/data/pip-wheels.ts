/**
 * Wheels measured on 2026-11-20, CPython 3.11 on linux/amd64: name, version, bytes of the wheel, unpacked, how many files,
 * bytes of Python source, how many such files, byte code per thousand bytes of source where a recorded build tells it, and
 * what it needs. Renew: `npm run data:languages`.
 *
 * Source: the directories of the wheels themselves; recorded builds with pip 23.0.
 */
export const pipWheels = `annotated-doc 0.0.5 5302 9515 8 1127 2 -
annotated-types 0.8.0 13427 36347 7 19583 2 -
anyio 4.15.1 132079 539217 53 529017 46 - idna typing-extensions
asgiref 3.12.1 25478 77147 16 64882 10 1249
blinker 1.9.0 8458 24487 8 21124 3 1328
certifi 2026.7.22 136983 248921 12 4198 5 1249
cffi 2.1.1 217807 718809 34 337601 20 1249 pycparser
charset-normalizer 3.5.2 269972 782449 25 192034 12 1249
click 8.5.0 125251 447719 22 441955 17 1328
cryptography 50.0.2 4752576 14999630 141 429839 78 1249 cffi typing-extensions
django 5.2.17 8315563 23410777 3668 5680038 883 1249 asgiref sqlparse
fastapi 0.142.2 144409 866243 65 808986 52 - annotated-doc opentelemetry-api pydantic starlette typing-extensions typing-inspection
flask 3.1.3 103424 344768 31 337446 24 1328 blinker click itsdangerous jinja2 markupsafe werkzeug
gunicorn 26.2.0 228389 829524 74 816590 68 1249
h11 0.16.0 37515 103935 17 93117 11 -
idna 3.20 69583 342091 16 332039 10 1249
itsdangerous 2.2.0 16234 46856 13 42346 8 1328
jinja2 3.1.6 134899 496892 31 490066 25 1328 markupsafe
markupsafe 3.0.3 22940 67052 14 13458 2 1328
numpy 2.4.6 16918164 57360224 1166 9118732 487 1462
opentelemetry-api 1.45.0 60020 195767 47 178065 30 - typing-extensions
pandas 3.0.6 11108900 39048646 1678 21322696 1421 1462 numpy python-dateutil
pillow 12.3.0 6934408 19639736 145 1160872 97 -
pycparser 3.0 48172 203745 13 188588 7 1249
pydantic 2.13.5 472589 1893945 111 1773212 105 - annotated-types pydantic-core typing-extensions typing-inspection
pydantic-core 2.46.5 2062091 5012132 10 160689 2 - typing-extensions
python-dateutil 2.9.0.post0 229892 441579 25 271736 18 1462 six
requests 2.34.2 73075 234397 26 217284 19 1249 certifi charset-normalizer idna urllib3
scipy 1.17.1 35349300 114305410 1541 20762532 973 1462 numpy
six 1.17.0 11050 37975 6 34703 1 1462
sqlalchemy 2.1.1 4633286 17857928 300 8555456 258 1249 typing-extensions
sqlparse 0.6.0 50070 158343 28 144693 21 1249
starlette 1.7.0 78980 269555 41 257955 36 - anyio typing-extensions
typing-extensions 4.16.0 45571 182767 5 165012 1 1249
typing-inspection 0.4.4 14750 54538 9 40388 3 - typing-extensions
urllib3 2.8.0 135717 450461 42 434671 36 1249
uvicorn 0.54.0 87427 294179 51 281596 45 - click h11
werkzeug 3.1.9 228700 774089 63 745874 52 1328 markupsafe`
