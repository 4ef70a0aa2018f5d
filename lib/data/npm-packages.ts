/**
 * npm packages measured on 2026-11-20: name@version, bytes of the tarball, of its regular files, how many files, and where
 * recorded builds tell it bytes of metadata in npm's cache. Renew: `npm run data:languages`.
 *
 * Source: the tarballs themselves; recorded builds with npm 10.8.
 */
export const npmPackages = `@alloc/quick-lru@5.3.0 5169 16601 5 208485
@babel/code-frame@7.29.7 10384 34632 5 208485
@babel/compat-data@7.29.7 6658 68207 15 208485
@babel/core@7.29.13 193090 811225 125 208485
@babel/generator@7.29.14 115878 547248 45 208485
@babel/helper-compilation-targets@7.29.13 14866 53792 17 208485
@babel/helper-globals@7.29.7 6839 23079 6 208485
@babel/helper-module-imports@7.29.7 14064 63720 11 208485
@babel/helper-module-transforms@7.29.14 38112 162899 17 208485
@babel/helper-plugin-utils@7.29.7 4424 11761 5 208485
@babel/helper-string-parser@7.29.14 8379 31672 5 208485
@babel/helper-validator-identifier@7.29.7 14245 48813 9 208485
@babel/helper-validator-option@7.29.7 4384 11775 9 208485
@babel/helpers@7.29.14 188858 877314 251 208485
@babel/parser@7.29.14 456338 2072903 8 208485
@babel/plugin-syntax-async-generators@7.8.4 1460 2524 4
@babel/plugin-syntax-bigint@7.8.3 1454 2415 4
@babel/plugin-syntax-class-properties@7.12.13 1501 2682 4
@babel/plugin-syntax-class-static-block@7.14.5 1539 2744 4
@babel/plugin-syntax-import-attributes@7.29.7 2721 6356 5
@babel/plugin-syntax-import-meta@7.10.4 1512 2559 4
@babel/plugin-syntax-json-strings@7.8.3 1486 2578 4
@babel/plugin-syntax-jsx@7.29.7 2219 4155 5
@babel/plugin-syntax-logical-assignment-operators@7.10.4 1528 2744 4
@babel/plugin-syntax-nullish-coalescing-operator@7.8.3 1467 2634 4
@babel/plugin-syntax-numeric-separator@7.10.4 1564 2751 4
@babel/plugin-syntax-object-rest-spread@7.8.3 1463 2527 4
@babel/plugin-syntax-optional-catch-binding@7.8.3 1471 2573 4
@babel/plugin-syntax-optional-chaining@7.8.3 1462 2521 4
@babel/plugin-syntax-private-property-in-object@7.14.5 1551 2823 4
@babel/plugin-syntax-top-level-await@7.14.5 1537 2738 4
@babel/plugin-syntax-typescript@7.29.7 3074 6945 5
@babel/plugin-transform-react-jsx-self@7.29.7 3689 9022 5 208485
@babel/plugin-transform-react-jsx-source@7.29.7 3751 9186 5 208485
@babel/template@7.29.7 18157 70678 19 208485
@babel/traverse@7.29.14 168798 709779 64 208485
@babel/types@7.29.14 301996 2751268 178 208485
@bcoe/v8-coverage@0.2.3 64215 276877 55
@emnapi/runtime@1.11.3 68501 436901 17
@esbuild/aix-ppc64@0.21.5 3849556 10508177 3
@esbuild/android-arm64@0.21.5 3982493 9962005 3
@esbuild/android-arm@0.21.5 3187571 11678220 6
@esbuild/android-x64@0.21.5 3187578 11678176 6
@esbuild/darwin-arm64@0.21.5 4080074 9859953 3
@esbuild/darwin-x64@0.21.5 4251628 10291059 3
@esbuild/freebsd-arm64@0.21.5 3765769 8978965 3
@esbuild/freebsd-x64@0.21.5 4129297 9712137 3
@esbuild/linux-arm64@0.21.5 3768056 8978957 3
@esbuild/linux-arm@0.21.5 3882784 9306619 3
@esbuild/linux-ia32@0.21.5 3862529 9249283 3
@esbuild/linux-loong64@0.21.5 3884794 9503261 3
@esbuild/linux-mips64el@0.21.5 3507038 10551857 3
@esbuild/linux-ppc64@0.21.5 3690416 9241137 3
@esbuild/linux-riscv64@0.21.5 3850679 9241111 3
@esbuild/linux-s390x@0.21.5 3990163 10158631 3
@esbuild/linux-x64@0.21.5 4129742 9708033 3 208485
@esbuild/netbsd-x64@0.21.5 4119987 9691886 3
@esbuild/openbsd-x64@0.21.5 4131044 9728521 3
@esbuild/sunos-x64@0.21.5 4119035 9691653 3
@esbuild/win32-arm64@0.21.5 3828886 9083409 3
@esbuild/win32-ia32@0.21.5 4023141 9556487 3
@esbuild/win32-x64@0.21.5 4195965 9914373 3
@eslint-community/eslint-utils@4.10.1 80357 506119 9 208485
@eslint-community/regexpp@4.12.3 73513 474228 8 208485
@eslint/config-array@0.19.2 71518 314532 14 208485
@eslint/core@0.13.0 11514 64791 5 208485
@eslint/core@0.9.1 10903 60030 5 208485
@eslint/eslintrc@2.1.4 126226 658746 28
@eslint/eslintrc@3.3.7 135823 694640 31 208485
@eslint/js@8.57.1 3778 13895 6
@eslint/js@9.15.0 4036 14940 7 208485
@eslint/object-schema@2.1.7 11106 57521 10 208485
@eslint/plugin-kit@0.2.8 14715 76842 10 208485
@humanfs/core@0.19.2 14260 72759 12 208485
@humanfs/node@0.16.8 9398 44472 8 208485
@humanfs/types@0.15.0 3866 15241 5 208485
@humanwhocodes/config-array@0.13.0 15888 58381 4
@humanwhocodes/module-importer@1.0.1 7090 21177 10 208485
@humanwhocodes/object-schema@2.0.3 6184 23251 8
@humanwhocodes/retry@0.4.3 11398 65711 9 208485
@img/sharp-darwin-arm64@0.33.5 100226 273978 4
@img/sharp-darwin-x64@0.33.5 106257 257568 4
@img/sharp-libvips-darwin-arm64@1.0.4 7096284 15589973 6
@img/sharp-libvips-darwin-x64@1.0.4 7978203 18170436 6
@img/sharp-libvips-linux-arm64@1.0.4 7099810 16247720 6
@img/sharp-libvips-linux-arm@1.0.5 6229730 13326520 6
@img/sharp-libvips-linux-s390x@1.0.4 6444091 15262914 6
@img/sharp-libvips-linux-x64@1.0.4 7061492 16238879 6
@img/sharp-libvips-linuxmusl-arm64@1.0.4 7132019 16013536 6
@img/sharp-libvips-linuxmusl-x64@1.0.4 7197480 16529584 6
@img/sharp-linux-arm64@0.33.5 106403 272610 4
@img/sharp-linux-arm@0.33.5 103475 241182 4
@img/sharp-linux-s390x@0.33.5 115924 309376 4
@img/sharp-linux-x64@0.33.5 113706 281384 4
@img/sharp-linuxmusl-arm64@0.33.5 110674 341691 4
@img/sharp-linuxmusl-x64@0.33.5 117649 296777 4
@img/sharp-wasm32@0.33.5 3619732 10926949 7
@img/sharp-win32-ia32@0.33.5 8118588 18936078 7
@img/sharp-win32-x64@0.33.5 8181067 19763959 7
@istanbuljs/load-nyc-config@1.1.0 4327 10873 6
@istanbuljs/schema@0.1.6 5660 17949 7
@jest/console@29.7.0 4305 19014 9
@jest/core@29.7.0 30748 145449 45
@jest/environment@29.7.0 5323 15881 4
@jest/expect-utils@29.7.0 8130 28330 9
@jest/expect@29.7.0 2236 5226 6
@jest/fake-timers@29.7.0 6250 26298 6
@jest/globals@29.7.0 1945 5260 4
@jest/reporters@29.7.0 27557 115137 26
@jest/schemas@29.6.3 1988 6073 5
@jest/source-map@29.6.3 2239 5066 6
@jest/test-result@29.7.0 4311 15752 7
@jest/test-sequencer@29.7.0 4333 13594 4
@jest/transform@29.7.0 12412 52384 9
@jest/types@29.6.3 8193 32712 10
@jridgewell/gen-mapping@0.3.13 17972 93797 31 208485
@jridgewell/remapping@2.3.5 14624 59366 32 208485
@jridgewell/resolve-uri@3.1.3 9689 53365 8 208485
@jridgewell/sourcemap-codec@1.6.0 18401 96626 32 208485
@jridgewell/trace-mapping@0.3.31 30747 146724 52 208485
@lukeed/csprng@1.1.0 2741 5968 12
@nestjs/common@10.4.8 88963 429480 393
@nestjs/core@10.4.8 111685 527323 349
@nestjs/platform-express@10.4.8 15278 62812 52
@next/env@14.2.18 4739 11690 4
@next/swc-darwin-arm64@14.2.18 37194831 114964345 3
@next/swc-darwin-x64@14.2.18 38358318 116949428 3
@next/swc-linux-arm64-gnu@14.2.18 38298257 115591839 3
@next/swc-linux-arm64-musl@14.2.18 46425122 140311684 3
@next/swc-linux-x64-gnu@14.2.18 41911095 131406788 3
@next/swc-linux-x64-musl@14.2.18 50269448 156809974 3
@next/swc-win32-arm64-msvc@14.2.18 32675408 101999120 3
@next/swc-win32-ia32-msvc@14.2.18 29616626 93952521 3
@next/swc-win32-x64-msvc@14.2.18 41486164 135862282 3
@nodelib/fs.scandir@2.1.5 6586 22155 23 208485
@nodelib/fs.stat@2.0.5 4182 11845 15 208485
@nodelib/fs.walk@1.2.8 7360 26377 25 208485
@nuxtjs/opencollective@0.3.2 7422 21317 6
@remix-run/router@1.21.0 680245 2723480 20 208485
@rollup/rollup-linux-arm64-gnu@4.68.7 904758 1969802 3
@rollup/rollup-linux-x64-gnu@4.68.7 975831 2215871 3 208485
@sinclair/typebox@0.27.12 58752 440349 43
@sinonjs/commons@3.0.1 10635 37955 54
@sinonjs/fake-timers@10.3.0 18451 80098 4
@swc/counter@0.1.3 841 1182 4
@swc/helpers@0.5.5 51884 229661 402
@types/babel__core@7.20.5 9704 33020 4 208485
@types/babel__generator@7.27.0 4068 11441 4 208485
@types/babel__template@7.4.4 2677 6409 4 208485
@types/babel__traverse@7.28.0 15915 85966 4 208485
@types/body-parser@1.19.6 2945 7888 4
@types/connect@3.4.38 2553 5907 4
@types/estree@1.0.10 5956 26315 5 208485
@types/express-serve-static-core@4.19.9 12414 45764 4
@types/express@4.17.21 2699 7863 4
@types/graceful-fs@4.1.9 1855 3899 4
@types/http-errors@2.0.5 2550 6827 4
@types/istanbul-lib-coverage@2.0.6 2155 5445 4
@types/istanbul-lib-report@3.0.3 3096 7917 4
@types/istanbul-reports@3.0.4 2166 6681 4
@types/json-schema@7.0.15 6145 31748 4 208485
@types/node@20.17.6 407073 2217407 66
@types/qs@6.15.1 2602 7564 4
@types/range-parser@1.2.7 1980 4615 4
@types/send@1.2.1 3475 9006 4
@types/serve-static@2.2.0 3504 8660 4
@types/stack-utils@2.0.3 2012 6426 4
@types/yargs-parser@21.0.3 3312 8649 4
@types/yargs@17.0.35 14621 60437 8
@ungap/structured-clone@1.4.0 7755 29712 16
@vitejs/plugin-react@4.3.3 8497 38013 9 208485
accepts@1.3.8 5403 16795 5 35698
acorn-jsx@5.3.2 7635 24385 6 208485
acorn@8.19.0 134282 568532 10 208485
ajv@6.15.0 202724 938206 92 208485
ansi-escapes@4.3.2 5253 16380 5
ansi-regex@5.0.1 2768 5609 5
ansi-styles@4.3.0 5849 16978 5 208485
ansi-styles@5.2.0 5072 13596 5
any-promise@1.3.0 7611 22195 34 208485
anymatch@3.1.3 3652 9654 5 208485
append-field@1.0.0 2768 6039 8
arg@5.0.2 5620 13665 5 208485
argparse@1.0.10 29761 116446 27
argparse@2.0.1 39740 171548 7 208485
array-flatten@1.1.1 1992 4422 4 35698
async-function@1.0.0 4380 9635 15 35698
async-generator-function@1.0.0 4504 10554 15 35698
asynckit@0.4.0 8111 27362 20
axios@1.7.7 550248 2141088 86
babel-jest@29.7.0 4140 13492 6
babel-plugin-istanbul@6.1.1 7835 25722 6
babel-plugin-jest-hoist@29.6.3 5059 14331 5
babel-preset-current-node-syntax@1.2.0 3154 7480 6
babel-preset-jest@29.6.3 1568 2693 4
balanced-match@1.0.2 2668 6939 5 208485
baseline-browser-mapping@2.11.38 42054 137224 9 208485
binary-extensions@2.3.0 2362 5030 7 208485
body-parser@1.20.3 15692 62624 11 35698
brace-expansion@1.1.22 11525 31346 4 208485
braces@3.0.3 13972 44635 10 208485
browserslist@4.29.6 19079 71909 11 208485
bser@2.1.2 6196 19168 4
buffer-from@1.1.2 2313 5047 4
busboy@1.6.0 20147 124397 22
bytes@3.1.2 4496 12270 5 35698
call-bind-apply-helpers@1.0.2 6067 15952 21 35698
call-bound@1.0.4 6382 17106 11 35698
callsites@3.1.0 2433 6332 5 208485
camelcase-css@2.0.1 1946 4051 5 208485
camelcase@5.3.1 3028 7447 5
camelcase@6.3.0 3843 11697 5
caniuse-lite@1.0.30001826 362480 1592017 842 208485
chalk@4.1.2 11577 35047 7 208485
char-regex@1.0.2 2476 4959 5
chokidar@3.6.0 26452 90200 8 208485
ci-info@3.9.0 7378 26061 7
cjs-module-lexer@1.4.3 44372 137667 7
client-only@0.0.1 481 611 3
cliui@8.0.1 7907 32314 9
co@4.6.0 5880 16016 5
collect-v8-coverage@1.0.3 2602 5532 6
color-convert@2.0.1 8996 27189 7 208485
color-name@1.1.4 2868 6693 4 208485
color-string@1.9.1 3384 10115 4
color@4.2.3 5778 16806 4
combined-stream@1.0.8 4068 11514 5
commander@4.1.1 27190 93231 6 208485
concat-map@0.0.1 2263 4861 7 208485
concat-stream@1.6.2 3808 9556 4
consola@2.15.3 39038 122858 27
content-disposition@0.5.4 6739 19113 5 35698
content-type@1.0.5 3914 10471 5 35698
convert-source-map@2.0.0 4952 15854 4 208485
cookie-signature@1.0.6 2111 3936 5 35698
cookie@0.7.1 8211 23319 5 35698
core-util-is@1.0.3 1897 4982 4
cors@2.8.5 6173 19988 6
create-jest@29.7.0 5123 15890 12
cross-spawn@7.0.6 6255 16094 9 208485
debug@2.6.9 16514 51243 17 35698
debug@4.4.3 13449 42793 7 208485
dedent@1.7.2 7725 28385 8
deep-is@0.1.4 3400 8114 9 208485
deepmerge@4.3.1 8452 31157 11
delayed-stream@1.0.0 3464 8021 6
depd@2.0.0 8374 27117 6 35698
destroy@1.2.0 3379 9018 4 35698
detect-libc@2.1.2 7776 26437 8
detect-newline@3.1.0 1829 3774 5
didyoumean@1.2.2 4571 17255 5 208485
diff-sequences@29.6.3 11408 45957 5
dlv@1.1.3 2160 5802 9 208485
doctrine@3.0.0 22354 106364 9
dotenv@16.4.5 23622 79078 11
dunder-proto@1.0.1 5049 13003 15 35698
ee-first@1.1.1 2733 6259 4 35698
electron-to-chromium@1.5.490 36711 210805 12 208485
emittery@0.13.1 10655 46476 6
emoji-regex@8.0.0 6664 48255 8
encodeurl@1.0.4 3345 7971 5 35698
encodeurl@2.0.3 3359 7832 4 35698
error-ex@1.3.4 3551 9036 4
es-define-property@1.0.1 4431 10217 11 35698
es-errors@1.3.0 5338 12324 22 35698
es-object-atoms@1.1.2 4820 11967 16 35698
es-set-tostringtag@2.1.0 5583 14544 10
esbuild@0.21.5 30513 133372 7 208485
escalade@3.2.0 4483 12385 11 208485
escape-html@1.0.3 1917 3660 4 35698
escape-string-regexp@2.0.0 1704 3259 5
escape-string-regexp@4.0.0 2017 3790 5 208485
eslint-scope@7.2.2 25937 146333 13
eslint-scope@8.4.0 30023 159607 14 208485
eslint-visitor-keys@3.4.3 8109 32278 9 208485
eslint-visitor-keys@4.2.1 9146 37151 9 208485
eslint@8.57.1 566631 3042582 408
eslint@9.15.0 610904 3341911 423 208485
espree@10.4.0 17313 80383 10 208485
espree@9.6.1 16332 73642 10
esprima@4.0.1 52078 314361 7
esquery@1.7.0 166185 1097084 13 208485
esrecurse@4.3.0 4053 13527 5 208485
estraverse@5.3.0 8052 37094 6 208485
esutils@2.0.3 9542 50582 7 208485
etag@1.8.1 4386 10809 5 35698
execa@5.1.1 14494 57525 11
exit@0.1.2 15295 59801 21
expect@29.7.0 22913 146334 13
express@4.21.1 57941 220949 16
express@4.21.2 58016 221226 16 35698
fast-deep-equal@3.1.3 3656 12966 11 208485
fast-glob@3.3.3 25301 98396 55 208485
fast-json-stable-stringify@2.1.0 6318 16959 18 208485
fast-levenshtein@2.0.6 3699 9444 4 208485
fast-safe-stringify@2.1.1 7896 39702 10
fastq@1.20.3 10427 50569 14 208485
fb-watchman@2.0.4 4743 12093 4
fdir@6.5.0 9742 53291 7 208485
file-entry-cache@6.0.1 7793 25561 5
file-entry-cache@8.0.0 5512 16022 4 208485
fill-range@7.1.1 5723 16743 4 208485
finalhandler@1.3.1 6828 19034 6 35698
find-up@4.1.0 3745 11611 5
find-up@5.0.0 3806 11761 5 208485
flat-cache@3.2.0 8794 29445 7
flat-cache@4.0.1 8903 29321 7 208485
flatted@3.4.4 11683 38501 15 208485
follow-redirects@1.16.3 10658 32110 7
form-data@4.0.6 24198 83901 8
forwarded@0.2.0 2696 5876 5 35698
fresh@0.5.2 4229 10116 5 35698
fs.realpath@1.0.0 4434 13433 5
fsevents@2.3.3 22808 173224 6
function-bind@1.1.2 9799 31427 12 35698
generator-function@2.0.1 4441 10078 15 35698
gensync@1.0.0-beta.2 7442 28891 7 208485
get-caller-file@2.0.5 2383 4719 6
get-intrinsic@1.3.1 13886 47064 9 35698
get-package-type@0.1.0 2604 6012 9
get-proto@1.0.1 4474 10840 15 35698
get-stream@6.0.1 4273 12176 6
glob-parent@5.1.2 4853 12134 5 208485
glob-parent@6.0.2 3449 7719 4 208485
glob@7.2.3 15444 55064 6
globals@13.24.0 9574 52113 6
globals@14.0.0 17235 117263 6 208485
gopd@1.2.0 4584 9869 12 35698
graceful-fs@4.2.12 9935 33272 7
graphemer@1.4.0 58380 811810 19
has-flag@4.0.0 2206 4419 5 208485
has-symbols@1.1.0 8059 23409 16 35698
has-tostringtag@1.0.2 6465 17603 16
hasown@2.0.4 4608 10332 10 35698
html-escaper@2.0.2 4282 13092 10
http-errors@2.0.0 6339 18808 5 35698
human-signals@2.1.0 12287 44307 13
iconv-lite@0.4.24 185241 335941 26 35698
ignore@5.3.2 15266 53630 6 208485
import-fresh@3.3.1 2225 4693 5 208485
import-local@3.2.0 2337 4730 6
imurmurhash@0.1.4 4312 11887 4 208485
inflight@1.0.6 2041 3762 4
inherits@2.0.4 2030 3958 5 35698
ipaddr.js@1.9.1 11501 42145 6 35698
is-arrayish@0.2.1 2646 4053 8
is-arrayish@0.3.4 1811 3150 4
is-binary-path@2.1.0 1619 3078 5 208485
is-core-module@2.18.0 10394 33689 7 208485
is-extglob@2.1.1 2663 6217 4 208485
is-fullwidth-code-point@3.0.0 2169 4994 5
is-generator-fn@2.1.0 1762 3284 5
is-glob@4.0.3 4255 13609 4 208485
is-number@7.0.0 3730 9615 4 208485
is-path-inside@3.0.3 1996 4121 5
is-stream@2.0.1 2222 5927 5
isarray@1.0.0 2021 3886 8
isexe@2.0.0 3756 10956 8 208485
istanbul-lib-coverage@3.2.2 9351 34367 10
istanbul-lib-instrument@5.2.1 16357 70197 10
istanbul-lib-instrument@6.0.3 16798 71994 10
istanbul-lib-report@3.0.1 10551 37641 13
istanbul-lib-source-maps@4.0.1 8886 34127 11
istanbul-reports@3.2.0 83428 294714 41
iterare@1.2.1 13754 64508 64
jest-changed-files@29.7.0 4357 18244 9
jest-circus@29.7.0 17835 71976 17
jest-cli@29.7.0 10087 33823 8
jest-config@29.7.0 26528 114261 21
jest-diff@29.7.0 19063 78538 14
jest-docblock@29.7.0 3565 8989 5
jest-each@29.7.0 8091 33738 10
jest-environment-node@29.7.0 3300 9365 4
jest-get-type@29.6.3 1760 3794 4
jest-haste-map@29.7.0 28577 121102 23
jest-leak-detector@29.7.0 2575 5589 5
jest-matcher-utils@29.7.0 7918 28370 7
jest-message-util@29.7.0 7005 20571 5
jest-mock@29.7.0 11975 47481 5
jest-pnp-resolver@1.2.3 2729 5676 6
jest-regex-util@29.6.3 1687 3515 4
jest-resolve-dependencies@29.7.0 3100 8917 4
jest-resolve@29.7.0 13121 65719 13
jest-runner@29.7.0 8177 29640 7
jest-runtime@29.7.0 19213 89214 5
jest-snapshot@29.7.0 19529 83506 14
jest-util@29.7.0 11118 41845 27
jest-validate@29.7.0 7742 28733 15
jest-watcher@29.7.0 6096 23430 15
jest-worker@29.7.0 22663 90811 17
jest@29.7.0 2320 5006 6
jiti@1.21.7 422851 2003102 14 208485
js-tokens@4.0.0 6542 15069 5 208485
js-yaml@3.15.2 73285 277664 36
js-yaml@4.3.2 227545 960180 36 208485
jsesc@3.1.0 10038 32280 6 208485
json-buffer@3.0.1 2618 5404 6 208485
json-parse-even-better-errors@2.3.1 4553 10426 5
json-schema-traverse@0.4.1 5141 19564 9 208485
json-stable-stringify-without-jsonify@1.0.1 4621 14224 16 208485
json5@2.2.3 50318 235198 20 208485
keyv@4.5.4 8620 27751 4 208485
kleur@3.0.3 4292 9893 5
leven@3.1.0 2496 5342 5
levn@0.4.1 7465 24947 6 208485
lilconfig@2.1.0 4505 16587 5 208485
lilconfig@3.1.5 5252 18058 5 208485
lines-and-columns@1.2.4 2270 5386 5 208485
locate-path@5.0.0 2723 6584 5
locate-path@6.0.0 2954 7017 5 208485
lodash.merge@4.6.2 13081 54132 4 208485
lodash@4.17.21 318961 1412415 1054
loose-envify@1.4.0 2842 5814 8 208485
lru-cache@5.1.1 5824 15714 4 208485
make-dir@4.0.0 3743 9913 5
makeerror@1.0.12 2571 6073 5
math-intrinsics@1.1.0 6355 17323 38 35698
media-typer@0.3.0 4189 11055 5 35698
merge-descriptors@1.0.3 2337 5081 5 35698
merge-stream@2.0.0 2260 4306 4
merge2@1.4.1 3409 8897 4 208485
methods@1.1.2 2475 5288 5 35698
micromatch@4.0.8 14663 56599 4 208485
mime-db@1.52.0 26992 205539 6 35698
mime-types@2.1.35 5591 18272 5 35698
mime@1.6.0 15686 51738 10 35698
mimic-fn@2.1.0 2119 4457 5
minimatch@3.1.5 12860 37677 4 208485
minimist@1.2.8 15520 54477 24
mkdirp@0.5.6 3018 7688 6
ms@2.0.0 2874 6266 4 35698
ms@2.1.3 2967 6721 4 35698
multer@1.4.4-lts.1 9232 27638 11
mz@2.7.0 4046 9773 11 208485
nanoid@3.3.20 5721 26808 26 208485
natural-compare@1.4.0 2510 5647 3 208485
negotiator@0.6.3 6399 27375 9 35698
next@14.2.18 20697446 86273300 6358
node-fetch@2.7.0 44644 162253 7
node-int64@0.4.0 6059 16268 6
node-releases@2.0.65 6164 63105 5 208485
normalize-path@3.0.0 3566 9219 4 208485
npm-run-path@4.0.1 2984 8128 5
npm@10.8.2 2502534 10114590 1924
object-assign@4.1.1 2675 5493 4 208485
object-hash@3.0.0 18238 58857 5 208485
object-inspect@1.13.4 28026 102920 34 35698
on-finished@2.4.1 5052 13679 5 35698
once@1.4.0 1979 4046 4
onetime@5.1.2 2741 6173 5
optionator@0.9.4 14017 50157 7 208485
p-limit@2.3.0 3140 7390 5
p-limit@3.1.0 3265 7754 5 208485
p-locate@4.1.0 3060 7285 5
p-locate@5.0.0 3151 7240 5 208485
p-try@2.2.0 2194 4371 5
parent-module@1.0.1 2008 3922 4 208485
parse-json@5.2.0 2586 5409 4
parseurl@1.3.3 3952 10299 5 35698
path-exists@4.0.0 2073 3919 5 208485
path-is-absolute@1.0.1 1882 3616 4
path-key@3.1.1 2258 4553 5 208485
path-parse@1.0.7 2067 4511 4 208485
path-to-regexp@0.1.10 2999 6376 4
path-to-regexp@0.1.12 3067 6598 4 35698
path-to-regexp@3.3.0 7887 25834 5
pg-cloudflare@1.4.1 7245 25701 13
pg-connection-string@2.14.1 5826 16148 6
pg-int8@1.0.1 1508 3186 4
pg-pool@3.14.0 9579 29835 5
pg-protocol@1.16.1 39903 202040 42
pg-types@2.2.0 10344 35296 13
pg@8.13.1 22223 79278 20
pgpass@1.0.6 4360 10542 4
picocolors@1.1.1 2625 6373 7 208485
picomatch@2.3.2 23492 90605 9 208485
picomatch@4.0.7 24326 93759 10 208485
pirates@4.0.7 4638 12564 5 208485
pkg-dir@4.2.0 2115 4750 5
pnpm@9.14.2 4545579 18229919 901 3448700
postcss-import@15.1.0 9370 30855 12 208485
postcss-js@4.1.0 3456 8849 10 208485
postcss-load-config@4.0.2 6922 21626 8 208485
postcss-nested@6.2.0 5017 13962 5 208485
postcss-selector-parser@6.1.6 49394 202070 38 208485
postcss-value-parser@4.2.0 7997 27193 9 208485
postcss@8.4.31 45889 196517 55
postcss@8.5.33 53183 221284 55 208485
postgres-array@2.0.0 2213 4903 5
postgres-bytea@1.0.1 1724 3095 4
postgres-date@1.0.7 2836 5915 4
postgres-interval@1.2.0 2926 6727 5
prelude-ls@1.2.1 9408 36741 10 208485
pretty-format@29.7.0 14687 60702 15
process-nextick-args@2.0.1 1654 3175 4
prompts@2.4.2 32679 186815 68
proxy-addr@2.0.8 5670 16326 5 35698
proxy-from-env@1.1.0 7772 29452 7
punycode@2.3.1 7603 33514 5 208485
pure-rand@6.1.0 18677 84036 73
qs@6.13.0 55319 253581 18 35698
queue-microtask@1.2.3 3676 8367 5 208485
range-parser@1.2.1 3603 8457 5 35698
raw-body@2.5.2 8649 25752 7 35698
react-dom@18.3.1 1089001 4513549 32 208485
react-is@18.3.1 5436 24013 8
react-refresh@0.14.2 15124 58707 9 208485
react-router-dom@6.28.0 235609 901283 23 208485
react-router@6.28.0 219472 857957 20 208485
react@18.3.1 81751 318101 20 208485
read-cache@1.0.2 1895 4328 4 208485
readable-stream@2.3.8 25747 88115 24
readdirp@3.6.0 7556 20472 5 208485
reflect-metadata@0.2.2 33419 241158 11
require-directory@2.1.1 4372 12071 7
resolve-cwd@3.0.0 1957 4984 5
resolve-from@4.0.0 2149 4641 4 208485
resolve-from@5.0.0 2333 5824 5
resolve.exports@2.0.4 7436 24062 6
resolve@1.22.14 32818 163673 103 208485
reusify@1.1.0 4683 11696 14 208485
rimraf@3.0.2 6480 17327 6
rollup@4.68.7 612860 3030214 28 208485
run-parallel@1.2.0 2813 6563 4 208485
rxjs@7.8.1 752048 4501327 2277
safe-buffer@5.1.2 9822 31686 5
safe-buffer@5.2.1 9972 32101 5 35698
safer-buffer@2.1.2 12035 42299 7 35698
scheduler@0.23.2 17726 93383 17 208485
semver@6.3.2 20447 74173 6 208485
semver@7.8.6 33566 118657 54
send@0.19.0 15634 50197 6 35698
serve-static@1.16.2 8570 25426 5 35698
setprototypeof@1.2.0 1969 4025 6 35698
sharp@0.33.5 113419 502829 32
shebang-command@2.0.0 1506 2556 4 208485
shebang-regex@3.0.0 1503 2828 5 208485
side-channel-list@1.0.1 6135 16973 13 35698
side-channel-map@1.0.1 5280 13348 12 35698
side-channel-weakmap@1.0.2 5442 14667 12 35698
side-channel@1.1.1 8083 22864 12 35698
signal-exit@3.0.7 3851 9958 5
simple-swizzle@0.2.4 2219 4091 4
sisteransi@1.0.5 2600 6791 5
slash@3.0.0 1840 3507 5
source-map-js@1.2.3 36793 145019 18 208485
source-map-support@0.5.13 25711 82487 6
source-map@0.6.1 199644 805224 20
sprintf-js@1.0.3 10330 34784 16
stack-utils@2.0.6 5473 14600 4
statuses@2.0.1 4683 12116 6 35698
streamsearch@1.1.0 5370 16575 8
string-length@4.0.2 1990 4052 5
string-width@4.2.3 2383 5161 5
string_decoder@1.1.1 4831 15298 5
strip-ansi@6.0.1 2041 4029 5
strip-bom@4.0.0 2115 3910 5
strip-final-newline@2.0.0 1704 3046 4
strip-json-comments@3.1.1 2847 6959 5 208485
styled-jsx@5.1.1 156407 1032153 20
sucrase@3.35.1 193967 1137073 190 208485
supports-color@7.2.0 3210 7035 5 208485
supports-color@8.1.1 3726 8452 5
supports-preserve-symlinks-flag@1.0.0 3810 9178 10 208485
tailwindcss@3.4.15 851866 5733430 252 208485
test-exclude@6.0.0 6913 23612 8
text-table@0.2.0 3897 11014 16
thenify-all@1.6.0 2432 6586 5 208485
thenify@3.3.1 3072 7920 5 208485
tinyglobby@0.2.17 7873 39288 7 208485
tmpl@1.0.5 1636 2774 4
to-regex-range@5.0.1 7479 22939 4 208485
toidentifier@1.0.1 2347 4685 5 35698
tr46@0.0.3 64681 268388 5
ts-interface-checker@0.1.13 15375 68036 9 208485
tslib@2.7.0 16229 86155 14
tslib@2.9.1 19229 92088 14
type-check@0.4.0 6779 21167 6 208485
type-detect@4.0.8 8070 42110 5
type-fest@0.20.2 37225 110590 42
type-fest@0.21.3 39965 119053 46
type-is@1.6.18 5872 18497 5 35698
typedarray@0.0.6 7481 25955 8
typescript@5.6.3 4174590 22437312 121 10518800
uid@2.0.2 5478 15467 15
undici-types@6.19.8 21139 84225 41
unpipe@1.0.0 2096 4311 5 35698
update-browserslist-db@1.4.0 8840 27579 8 208485
uri-js@4.4.1 132003 469879 46 208485
util-deprecate@1.0.2 2246 5481 6 208485
utils-merge@1.0.1 1953 3720 5 35698
v8-to-istanbul@9.3.0 13891 47644 12
vary@1.1.2 3772 8747 5 35698
vite@5.4.11 757349 3267370 31 208485
walker@1.0.8 2227 5799 5
webidl-conversions@3.0.1 4727 12370 4
whatwg-url@5.0.0 11073 49886 8
which@2.0.2 4496 9975 6 208485
word-wrap@1.2.5 4409 11845 5 208485
wrap-ansi@7.0.0 4317 10648 4
wrappy@1.0.2 1676 2961 4
write-file-atomic@4.0.2 4427 12210 4
xtend@4.0.2 2529 6465 7
y18n@5.0.8 6157 23435 9
yallist@3.1.1 4496 14766 5 208485
yaml@2.9.1 112114 686297 233 208485
yargs-parser@21.1.1 28613 128470 11
yargs@17.7.3 73972 317460 63
yarn@1.22.22 1238429 5340487 11
yocto-queue@0.1.0 2765 6027 5 208485`
