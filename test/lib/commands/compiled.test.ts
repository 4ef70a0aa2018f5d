/** What compilers and their package managers leave: Go, Rust, Java, .NET, C. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { left } from '../../tools/left.ts'
import { plainGiven } from '../../tools/predict.ts'

type Case = readonly [instructions: readonly string[], left: readonly (readonly string[])[]]

describe('compiled', () => {
  const cases: readonly Case[] = [
    [
      ['WORKDIR /src', 'RUN go mod download', 'RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /bin/app ./cmd/app'],
      [
        ['/root/go/pkg/mod go modules !cache'],
        ['/bin/app', '/root/.cache/go-build go build cache !cache', '/root/go/pkg/mod go modules 2 !cache ?'],
      ],
    ],
    [
      [
        'ENV GOPATH=/go',
        'RUN --mount=type=cache,target=/root/.cache/go-build --mount=type=cache,target=/go/pkg/mod go build -o bin/ ./...',
      ],
      [['/bin programs built by Go']],
    ],
    [
      [
        'ENV GOPATH=/go',
        'RUN go install golang.org/x/tools/cmd/goimports@latest github.com/a/b/v2@v2.1 && go clean -cache -modcache',
      ],
      [['/go/bin/b', '/go/bin/goimports']],
    ],
    [
      [
        'WORKDIR /src',
        "RUN echo 'module example.org/tool' > go.mod && go build && go mod vendor && go build -mod=vendor -o x .",
      ],
      [
        [
          '/root/.cache/go-build go build cache !cache',
          '/root/go/pkg/mod go modules !cache',
          '/src/go.mod',
          '/src/tool',
          '/src/vendor go: vendored modules',
          '/src/x',
        ],
      ],
    ],
    [
      ['ENV GOMODCACHE=/m GOCACHE=/c GOBIN=/b', 'RUN go install example.org/x@v1'],
      [['/b/x', '/c go build cache !cache', '/m go modules !cache']],
    ],
    [
      ['WORKDIR /src', 'RUN cargo build --release && cp target/release/app /usr/local/bin/'],
      [
        [
          '/root/.cargo/git cargo repositories !cache ?',
          '/root/.cargo/registry cargo registry !cache',
          '/src/Cargo.lock',
          '/src/target cargo build',
          '/src/target/release/deps cargo intermediate files !cache',
        ],
      ],
    ],
    [
      [
        'WORKDIR /src',
        'RUN --mount=type=cache,target=/src/target --mount=type=cache,target=/usr/local/cargo/registry CARGO_HOME=/usr/local/cargo cargo build --locked',
      ],
      [['/usr/local/cargo/git cargo repositories !cache ?']],
    ],
    [
      ['ENV CARGO_HOME=/usr/local/cargo', 'RUN cargo install --locked ripgrep && rm -rf /usr/local/cargo/registry'],
      [['/usr/local/cargo/bin/ripgrep', '/usr/local/cargo/git cargo repositories !cache ?']],
    ],
    [
      ['RUN curl https://sh.rustup.rs -sSf | sh -s -- -y --default-toolchain 1.70 && rustup target add wasm32-wasi'],
      [
        [
          '/root rustup: start-up files of the shell',
          '/root/.cargo/bin rustup',
          '/root/.rustup rustup:1.70',
          '/root/.rustup rustup:wasm32-wasi',
        ],
      ],
    ],
    [
      ['WORKDIR /src', 'RUN mvn -B dependency:go-offline', 'RUN mvn clean package -DskipTests'],
      [
        ['/root/.m2/repository maven repository !cache'],
        ['/root/.m2/repository maven repository 2 !cache ?', '/src/target mvn package'],
      ],
    ],
    [
      [
        'WORKDIR /src',
        "RUN printf '<modules><module>api</module></modules>' > pom.xml && ./mvnw package -Dmaven.repo.local=/m && rm -rf /m",
      ],
      [
        [
          '/root/.m2/wrapper maven of mvnw !cache',
          '/src/api/target mvn package',
          '/src/pom.xml',
          '/src/target mvn package',
        ],
      ],
    ],
    [
      ['WORKDIR /src', "RUN printf \"include ':app', ':lib'\\n\" > settings.gradle && ./gradlew build --no-daemon"],
      [
        [
          '/root/.gradle/caches gradle cache !cache',
          '/root/.gradle/wrapper gradle of gradlew !cache',
          '/src/.gradle gradle project cache !cache',
          '/src/app/build gradle build',
          '/src/build gradle build',
          '/src/lib/build gradle build',
          '/src/settings.gradle',
        ],
      ],
    ],
    [
      ['ENV GRADLE_USER_HOME=/cache', 'RUN gradle --no-daemon clean bootJar && rm -rf /cache .gradle'],
      [['/build gradle bootJar']],
    ],
    [
      ['RUN sbt assembly'],
      [
        [
          '/project/target sbt: build of the build !cache',
          '/root/.cache/coursier coursier cache !cache',
          '/root/.ivy2 ivy cache !cache',
          '/root/.sbt sbt !cache',
          '/target sbt assembly',
        ],
      ],
    ],
    [
      ['WORKDIR /src', 'RUN dotnet restore app/app.csproj', 'RUN dotnet publish -c Release -o /out --no-restore'],
      [
        [
          '/root/.dotnet first run of dotnet !temporary',
          '/root/.local/share/NuGet/http-cache nuget downloads !cache',
          '/root/.nuget/packages nuget packages !cache',
          '/src/app/obj dotnet restore: lists of packages',
        ],
        [
          '/ dotnet publish: other projects ?',
          '/out dotnet publish',
          '/src/bin dotnet publish',
          '/src/obj dotnet publish: intermediate files',
        ],
      ],
    ],
    [
      ['RUN dotnet tool install -g x && dotnet nuget locals all --clear'],
      [['/root/.dotnet first run of dotnet !temporary', '/root/.dotnet/tools dotnet:x']],
    ],
    [
      [
        'WORKDIR /usr/src/x',
        'RUN ./configure --prefix=/opt/x && make -j"$(nproc)" && make install && cd / && rm -rf /usr/src/x',
      ],
      [['/opt/x installed from /usr/src/x', '-/usr/src/x']],
    ],
    [
      [
        'WORKDIR /s',
        'RUN mkdir build && cd build && cmake -DCMAKE_INSTALL_PREFIX=/usr .. && make && make install DESTDIR=/pkg',
      ],
      [['/pkg/usr installed from /s/build', '/s/build cmake ?', '/s/build make ?']],
    ],
    [
      [
        'WORKDIR /s',
        'RUN cmake -S . -B out && cmake --build out --target install && meson setup b --prefix=/usr && ninja -C b install',
      ],
      [
        [
          '/s/b meson build folder',
          '/s/out cmake ?',
          '/s/out cmake --build ?',
          '/usr installed from /s/b',
          '/usr/local installed from /s/out',
        ],
      ],
    ],
    [['RUN gcc -O2 -o /usr/local/bin/x x.c && gcc -c y.c && gcc --version'], [['/usr/local/bin/x', '/y.o']]],
  ]
  for (const [instructions, expected] of cases)
    it(instructions.join(' / ').slice(0, 120), () => expect(left(instructions)).to.deep.equal(expected))
})

describe('what a compiler makes of sources that are known', () => {
  const base = { ref: 'base', rows: [], layers: [], config: {}, author: '', facts: { complete: true, files: {} } }
  const sizeOf = (...runs: readonly string[]) => {
    const text = ['FROM base', ...runs].join('\n')
    const { image } = predict(text, plainGiven(chooseBuilder('buildkit'), { base: () => base }))
    return image.rows.at(-1)!.size
  }
  const c = `RUN printf '%s' 'int main(){return 0;}' > e.c`
  const thousand = 'RUN head -c 47362 /dev/zero > b.c'

  // [what runs, bytes that Debian 12's gcc 12 and Python 3.11 were seen to write]
  const seen: readonly (readonly [runs: readonly string[], bytes: number])[] = [
    [[c, 'RUN gcc -o a e.c'], 15_832],
    [[c, 'RUN gcc -O2 -s -o a e.c'], 14_392],
    [[c, 'RUN cc -c e.c'], 1_104],
    [[thousand, 'RUN gcc -o a b.c'], 58_512],
    [[thousand, 'RUN gcc -O2 -c b.c'], 49_408],
    [['RUN head -c 191 /dev/zero > m.cc', 'RUN g++ -o a m.cc'], 61_136],
    [
      [
        'RUN mkdir -p p/q && head -c 23918 /dev/zero > p/q/a.py && head -c 11959 /dev/zero > p/b.py',
        'RUN python3 -m compileall -q -j 0 p',
      ],
      92_685,
    ],
    [['RUN : > e.py', 'RUN python3 -m py_compile e.py'], 194],
  ]
  for (const [runs, bytes] of seen)
    it(runs.at(-1)!, () => {
      const { basis, low, high } = sizeOf(...runs)
      expect(basis).to.equal('heuristic')
      expect(bytes).to.be.within(low, high!)
      expect(high! - low, 'and the interval says something').to.be.below(Math.max(bytes, 15_000) * 25)
    })

  const open = [
    'gcc -g -o a e.c',
    'gcc -static -o a e.c',
    'gcc -o a e.c lib.a',
    'gcc -o a nowhere.c',
    'rustc e.c',
    'python3 -m compileall nowhere',
  ]
  for (const run of open) it(`${run}: nobody knows`, () => expect(sizeOf(c, `RUN ${run}`).bytes).to.equal(null))
})
