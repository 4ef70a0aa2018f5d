/** Stages that ship their tools, as two: what is drafted for people to look through. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { fix } from '../../lib/fix.ts'
import { edited } from '../../lib/lint/counterfactual.ts'
import { usualTrials } from '../../lib/lint.ts'
import { rules } from '../../rules/index.ts'
import { givenBy, lintText } from '../tools/lint.ts'

interface Shape {
  readonly name: string
  readonly rule: string
  readonly context: Readonly<Record<string, string>>
  readonly text: string
  /** Undefined: nothing is offered. */
  readonly after: string | undefined
}

const shapes: readonly Shape[] = [
  {
    name: 'make install',
    rule: 'build-tools-in-final-stage',
    context: { Makefile: 'all:\n', 'main.c': 'x' },
    text:
      'FROM debian:12-slim\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends gcc make libc6-dev libssl-dev && rm -rf /var/lib/apt/lists/*\n' +
      'COPY . /src\n' +
      'RUN make -C /src && make -C /src install\n' +
      'CMD ["/usr/local/bin/app"]\n',
    after:
      'FROM debian:12-slim AS build\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends gcc make libc6-dev libssl-dev && rm -rf /var/lib/apt/lists/*\n' +
      'COPY . /src\n' +
      'RUN make -C /src && make -C /src install\n' +
      '\n' +
      'FROM debian:12-slim\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends libssl3 && rm -rf /var/lib/apt/lists/*\n' +
      'COPY --from=build /usr/local /usr/local\n' +
      'CMD ["/usr/local/bin/app"]\n',
  },
  {
    name: 'a program of Go',
    rule: 'base-larger-than-needed',
    context: { 'go.mod': 'module x', 'main.go': 'x' },
    text:
      'FROM golang:1.23\n' +
      'WORKDIR /src\n' +
      'COPY . .\n' +
      'RUN go build -o /usr/local/bin/app ./cmd/app\n' +
      'CMD ["app"]\n',
    after:
      'FROM golang:1.23 AS build\n' +
      'WORKDIR /src\n' +
      'COPY . .\n' +
      'RUN go build -o /usr/local/bin/app ./cmd/app\n' +
      '\n' +
      'FROM debian:stable-slim\n' +
      'WORKDIR /src\n' +
      'COPY --from=build /usr/local/bin/app /usr/local/bin/app\n' +
      'CMD ["app"]\n',
  },
  {
    name: 'distributions that are compiled',
    rule: 'build-tools-in-final-stage',
    context: { 'requirements.txt': 'flask\ngunicorn\npsycopg2\n', 'app.py': 'x' },
    text:
      'FROM python:3.13-slim\n' +
      'RUN apt-get update && apt-get install -y gcc libpq-dev && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY requirements.txt .\n' +
      'RUN pip install --no-cache-dir -r requirements.txt\n' +
      'COPY . .\n' +
      'CMD ["gunicorn","app:app"]\n',
    after:
      'FROM python:3.13-slim AS build\n' +
      'RUN apt-get update && apt-get install -y gcc libpq-dev && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY requirements.txt .\n' +
      'RUN pip install --no-cache-dir -r requirements.txt\n' +
      '\n' +
      'FROM python:3.13-slim\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY --from=build /usr/local/bin /usr/local/bin\n' +
      'COPY --from=build /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/site-packages\n' +
      'COPY . .\n' +
      'CMD ["gunicorn","app:app"]\n',
  },
  {
    name: 'native modules and a build of the project',
    rule: 'build-tools-in-final-stage',
    context: { 'package.json': '{}', 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' },
    text:
      'FROM node:22-alpine\n' +
      'RUN apk add --no-cache python3 make g++\n' +
      'WORKDIR /app\n' +
      'COPY package*.json ./\n' +
      'RUN npm ci && npm cache clean --force\n' +
      'COPY . .\n' +
      'RUN npm run build\n' +
      'USER node\n' +
      'CMD ["node","dist/index.js"]\n',
    after:
      'FROM node:22-alpine AS build\n' +
      'RUN apk add --no-cache python3 make g++\n' +
      'WORKDIR /app\n' +
      'COPY package*.json ./\n' +
      'RUN npm ci && npm cache clean --force\n' +
      'COPY . .\n' +
      'RUN npm run build\n' +
      '\n' +
      'FROM node:22-alpine\n' +
      'WORKDIR /app\n' +
      'COPY --from=build /app /app\n' +
      'USER node\n' +
      'CMD ["node","dist/index.js"]\n',
  },
  {
    name: 'a program among its sources',
    rule: 'build-tools-in-final-stage',
    context: { 'Cargo.toml': '[package]\nname="app"\n', 'src/main.rs': 'x' },
    text:
      'FROM debian:12\n' +
      'RUN apt-get update && apt-get install -y cargo && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY . .\n' +
      'RUN cargo build --release\n' +
      'CMD ["./target/release/app"]\n',
    after:
      'FROM debian:12 AS build\n' +
      'RUN apt-get update && apt-get install -y cargo && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY . .\n' +
      'RUN cargo build --release\n' +
      '\n' +
      'FROM debian:12\n' +
      'WORKDIR /app\n' +
      '# fill in: what else app reads below /app\n' +
      'COPY --from=build /app/target/release/app /app/target/release/app\n' +
      'CMD ["./target/release/app"]\n',
  },
  {
    name: 'a jar',
    rule: 'build-tools-in-final-stage',
    context: { 'pom.xml': 'x' },
    text:
      'FROM eclipse-temurin:17-jdk\n' +
      'RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY . .\n' +
      'RUN mvn -q package\n' +
      'EXPOSE 8080\n' +
      'ENTRYPOINT ["java","-jar","target/app.jar"]\n',
    after:
      'FROM eclipse-temurin:17-jdk AS build\n' +
      'RUN apt-get update && apt-get install -y maven && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY . .\n' +
      'RUN mvn -q package\n' +
      '\n' +
      'FROM eclipse-temurin:17-jdk\n' +
      'WORKDIR /app\n' +
      'COPY --from=build /app/target/app.jar /app/target/app.jar\n' +
      'EXPOSE 8080\n' +
      'ENTRYPOINT ["java","-jar","target/app.jar"]\n',
  },
  {
    name: 'gems, headers as a virtual package',
    rule: 'build-tools-in-final-stage',
    context: { Gemfile: 'x', 'Gemfile.lock': 'x' },
    text:
      'FROM ruby:3.3-alpine\n' +
      'RUN apk add --no-cache --virtual .deps build-base postgresql-dev\n' +
      'WORKDIR /app\n' +
      'COPY Gemfile* ./\n' +
      'RUN bundle install\n' +
      'COPY . .\n' +
      'CMD ["bundle","exec","puma"]\n',
    after:
      'FROM ruby:3.3-alpine AS build\n' +
      'RUN apk add --no-cache --virtual .deps build-base postgresql-dev\n' +
      'WORKDIR /app\n' +
      'COPY Gemfile* ./\n' +
      'RUN bundle install\n' +
      '\n' +
      'FROM ruby:3.3-alpine\n' +
      'RUN apk add --no-cache libstdc++ libpq\n' +
      'WORKDIR /app\n' +
      'COPY --from=build /usr/local/bundle /usr/local/bundle\n' +
      'COPY . .\n' +
      'CMD ["bundle","exec","puma"]\n',
  },
  {
    name: 'Go on Alpine, with arguments and settings',
    rule: 'base-larger-than-needed',
    context: { 'go.mod': 'module x', 'main.go': 'x' },
    text:
      'ARG GO=1.23\n' +
      'FROM golang:1.23-alpine3.20\n' +
      'ARG VERSION=dev\n' +
      'ENV CGO_ENABLED=0\n' +
      'WORKDIR /go/src/app\n' +
      'COPY go.* ./\n' +
      'RUN go mod download\n' +
      'COPY . .\n' +
      'RUN go build -ldflags "-X main.v=$VERSION" -o /server .\n' +
      'LABEL a=b\n' +
      'EXPOSE 80\n' +
      'USER 1000\n' +
      'ENTRYPOINT ["/server"]\n' +
      'CMD ["--x"]\n',
    after:
      'ARG GO=1.23\n' +
      'FROM golang:1.23-alpine3.20 AS build\n' +
      'ARG VERSION=dev\n' +
      'ENV CGO_ENABLED=0\n' +
      'WORKDIR /go/src/app\n' +
      'COPY go.* ./\n' +
      'RUN go mod download\n' +
      'COPY . .\n' +
      'RUN go build -ldflags "-X main.v=$VERSION" -o /server .\n' +
      '\n' +
      'FROM alpine:3.20\n' +
      'ENV CGO_ENABLED=0\n' +
      'WORKDIR /go/src/app\n' +
      'COPY --from=build /server /server\n' +
      'LABEL a=b\n' +
      'EXPOSE 80\n' +
      'USER 1000\n' +
      'ENTRYPOINT ["/server"]\n' +
      'CMD ["--x"]\n',
  },
  {
    name: 'accounts, settings, a volume, headers of a library',
    rule: 'build-tools-in-final-stage',
    context: { 'CMakeLists.txt': 'x', 'app.conf': 'x' },
    text:
      'FROM debian:12-slim\n' +
      'LABEL org.opencontainers.image.title=app\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends g++ cmake make ca-certificates libpng-dev && rm -rf /var/lib/apt/lists/*\n' +
      'RUN groupadd -r app && useradd -r -g app app\n' +
      'WORKDIR /build\n' +
      'COPY . .\n' +
      'RUN cmake -B out && cmake --build out && cmake --install out\n' +
      'COPY app.conf /etc/app.conf\n' +
      'RUN mkdir -p /data && chown app:app /data\n' +
      'VOLUME /data\n' +
      'WORKDIR /data\n' +
      'USER app\n' +
      'HEALTHCHECK CMD ["app","--ping"]\n' +
      'STOPSIGNAL SIGINT\n' +
      'ENTRYPOINT ["/usr/local/bin/app"]\n',
    after:
      'FROM debian:12-slim AS build\n' +
      'LABEL org.opencontainers.image.title=app\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends g++ cmake make ca-certificates libpng-dev && rm -rf /var/lib/apt/lists/*\n' +
      'RUN groupadd -r app && useradd -r -g app app\n' +
      'WORKDIR /build\n' +
      'COPY . .\n' +
      'RUN cmake -B out && cmake --build out && cmake --install out\n' +
      '\n' +
      'FROM debian:12-slim\n' +
      'LABEL org.opencontainers.image.title=app\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libpng16-16 && rm -rf /var/lib/apt/lists/*\n' +
      'RUN groupadd -r app && useradd -r -g app app\n' +
      'WORKDIR /build\n' +
      'COPY --from=build /usr/local /usr/local\n' +
      'COPY app.conf /etc/app.conf\n' +
      'RUN mkdir -p /data && chown app:app /data\n' +
      'VOLUME /data\n' +
      'WORKDIR /data\n' +
      'USER app\n' +
      'HEALTHCHECK CMD ["app","--ping"]\n' +
      'STOPSIGNAL SIGINT\n' +
      'ENTRYPOINT ["/usr/local/bin/app"]\n',
  },
  {
    name: 'sources copied before the build',
    rule: 'build-tools-in-final-stage',
    context: { 'setup.py': 'x', 'app/__init__.py': 'x' },
    text:
      'FROM python:3.12-alpine\n' +
      'RUN apk add --no-cache gcc musl-dev libffi-dev libpq-dev\n' +
      'COPY . /app\n' +
      'WORKDIR /app\n' +
      'RUN pip install --no-cache-dir .\n' +
      'RUN adduser -D app && chown -R app /app\n' +
      'USER app\n' +
      'CMD ["python","-m","app"]\n',
    after:
      'FROM python:3.12-alpine AS build\n' +
      'RUN apk add --no-cache gcc musl-dev libffi-dev libpq-dev\n' +
      'COPY . /app\n' +
      'WORKDIR /app\n' +
      'RUN pip install --no-cache-dir .\n' +
      'RUN adduser -D app && chown -R app /app\n' +
      '\n' +
      'FROM python:3.12-alpine\n' +
      'RUN apk add --no-cache libffi libpq\n' +
      'WORKDIR /app\n' +
      'RUN adduser -D app\n' +
      'COPY --from=build --chown=app /app /app\n' +
      'COPY --from=build /usr/local/bin /usr/local/bin\n' +
      'COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\n' +
      'USER app\n' +
      'CMD ["python","-m","app"]\n',
  },
  {
    name: 'a virtual environment',
    rule: 'build-tools-in-final-stage',
    context: { 'requirements.txt': 'flask\n' },
    text:
      'FROM python:3.12-slim\n' +
      'RUN apt-get update && apt-get install -y build-essential && rm -rf /var/lib/apt/lists/*\n' +
      'RUN python -m venv /opt/venv\n' +
      'ENV PATH=/opt/venv/bin:$PATH\n' +
      'WORKDIR /app\n' +
      'COPY requirements.txt .\n' +
      'RUN pip install --no-cache-dir -r requirements.txt\n' +
      'COPY . .\n' +
      'CMD ["uvicorn","app:app"]\n',
    after:
      'FROM python:3.12-slim AS build\n' +
      'RUN apt-get update && apt-get install -y build-essential && rm -rf /var/lib/apt/lists/*\n' +
      'RUN python -m venv /opt/venv\n' +
      'ENV PATH=/opt/venv/bin:$PATH\n' +
      'WORKDIR /app\n' +
      'COPY requirements.txt .\n' +
      'RUN pip install --no-cache-dir -r requirements.txt\n' +
      '\n' +
      'FROM python:3.12-slim\n' +
      'ENV PATH=/opt/venv/bin:$PATH\n' +
      'WORKDIR /app\n' +
      'COPY --from=build /opt/venv /opt/venv\n' +
      'COPY . .\n' +
      'CMD ["uvicorn","app:app"]\n',
  },
  {
    name: 'owners',
    rule: 'build-tools-in-final-stage',
    context: { 'package.json': '{}' },
    text:
      'FROM node:22-slim\n' +
      'RUN apt-get update && apt-get install -y python3 make g++ && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY --chown=node:node package.json ./\n' +
      'RUN npm install && npm cache clean --force\n' +
      'COPY --chown=node:node . .\n' +
      'RUN chown -R node:node /app\n' +
      'USER node\n' +
      'EXPOSE 3000\n' +
      'CMD ["npm","start"]\n',
    after:
      'FROM node:22-slim AS build\n' +
      'RUN apt-get update && apt-get install -y python3 make g++ && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY --chown=node:node package.json ./\n' +
      'RUN npm install && npm cache clean --force\n' +
      'COPY --chown=node:node . .\n' +
      'RUN chown -R node:node /app\n' +
      '\n' +
      'FROM node:22-slim\n' +
      'WORKDIR /app\n' +
      'COPY --from=build --chown=node:node /app /app\n' +
      'USER node\n' +
      'EXPOSE 3000\n' +
      'CMD ["npm","start"]\n',
  },
  {
    name: 'nobody knows what it starts',
    rule: 'build-tools-in-final-stage',
    context: { configure: 'x', Makefile: 'x', 'entrypoint.sh': 'x' },
    text:
      'FROM debian:12-slim\n' +
      'RUN apt-get update && apt-get install -y gcc make && rm -rf /var/lib/apt/lists/*\n' +
      'COPY . /src\n' +
      'RUN cd /src && ./configure --prefix=/opt/app && make && make install && rm -rf /src\n' +
      'COPY entrypoint.sh /\n' +
      'ENTRYPOINT ["/entrypoint.sh"]\n' +
      'CMD ["run"]\n',
    after: undefined,
  },
  {
    name: 'a repository that was added',
    rule: 'build-tools-in-final-stage',
    context: { 'package.json': '{}' },
    text:
      'FROM debian:12-slim\n' +
      'RUN apt-get update && apt-get install -y curl gnupg && curl https://x.example/key | gpg --dearmor > /usr/share/keyrings/x.gpg && echo deb https://x.example/ ./ > /etc/apt/sources.list.d/x.list && apt-get update && apt-get install -y gcc nodejs && rm -rf /var/lib/apt/lists/*\n' +
      'WORKDIR /app\n' +
      'COPY . .\n' +
      'RUN npm install\n' +
      'CMD ["node","a.js"]\n',
    after: undefined,
  },
  {
    name: 'line ends, comments, no final newline',
    rule: 'build-tools-in-final-stage',
    context: { 'a.c': 'x' },
    text:
      'FROM debian:12-slim\r\n' +
      'RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\r\n' +
      'COPY a.c /src/\r\n' +
      'RUN gcc -o /usr/local/bin/a /src/a.c\r\n' +
      '# start\r\n' +
      'CMD ["a"]',
    after:
      'FROM debian:12-slim AS build\r\n' +
      'RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\r\n' +
      'COPY a.c /src/\r\n' +
      'RUN gcc -o /usr/local/bin/a /src/a.c\r\n' +
      '\r\n' +
      'FROM debian:12-slim\r\n' +
      'COPY --from=build /usr/local/bin/a /usr/local/bin/a\r\n' +
      '# start\r\n' +
      'CMD ["a"]',
  },
  {
    name: 'a base that starts another way',
    rule: 'base-larger-than-needed',
    context: { 'pom.xml': 'x', 'src/A.java': 'x' },
    text:
      'FROM maven:3.9-eclipse-temurin-21\n' +
      'WORKDIR /app\n' +
      'COPY pom.xml .\n' +
      'RUN mvn dependency:go-offline\n' +
      'COPY src src\n' +
      'RUN mvn package -DskipTests\n' +
      'CMD ["java","-jar","/app/target/app.jar"]\n',
    after: undefined,
  },
  {
    name: 'a program outside the usual search path',
    rule: 'base-larger-than-needed',
    context: { 'Cargo.toml': 'x', 'src/main.rs': 'x' },
    text:
      'FROM rust:1.80-bookworm\n' +
      'WORKDIR /usr/src/app\n' +
      'COPY . .\n' +
      'RUN cargo install --path .\n' +
      'CMD ["app"]\n',
    after:
      'FROM rust:1.80-bookworm AS build\n' +
      'WORKDIR /usr/src/app\n' +
      'COPY . .\n' +
      'RUN cargo install --path .\n' +
      '\n' +
      'FROM debian:bookworm-slim\n' +
      'WORKDIR /usr/src/app\n' +
      'COPY --from=build /usr/local/cargo/bin/app /usr/local/bin/app\n' +
      'CMD ["app"]\n',
  },
  {
    name: 'a list that the build removes',
    rule: 'build-tools-in-final-stage',
    context: { 'requirements.txt': 'flask\n', 'app.py': 'x' },
    text:
      'FROM python:3.12-slim\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*\n' +
      'COPY requirements.txt /tmp/requirements.txt\n' +
      'RUN pip install --no-cache-dir -r /tmp/requirements.txt && rm /tmp/requirements.txt\n' +
      'COPY app.py /srv/app.py\n' +
      'CMD ["python", "/srv/app.py"]\n',
    after:
      'FROM python:3.12-slim AS build\n' +
      'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*\n' +
      'COPY requirements.txt /tmp/requirements.txt\n' +
      'RUN pip install --no-cache-dir -r /tmp/requirements.txt && rm /tmp/requirements.txt\n' +
      '\n' +
      'FROM python:3.12-slim\n' +
      'COPY --from=build /usr/local/bin /usr/local/bin\n' +
      'COPY --from=build /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.12/site-packages\n' +
      'COPY app.py /srv/app.py\n' +
      'CMD ["python", "/srv/app.py"]\n',
  },
]

describe('split', () => {
  for (const { name, rule, context, text, after } of shapes)
    it(name, () => {
      const finding = lintText(text, { context }).findings.find((one) => one.rule === rule)
      const [suggestion] = finding?.suggestions ?? []
      expect(finding, 'finding').to.not.equal(undefined)
      expect(suggestion && edited(text, '', suggestion.edits)?.text).to.equal(after)
      if (after === undefined) return
      expect(suggestion).to.include({ safe: false, review: true })
      const { refused, image } = predict(after, givenBy({ context }))
      expect(refused).to.equal(null)
      const before = predict(text, givenBy({ context })).image.config
      expect([image.config.Cmd, image.config.Entrypoint, image.config.User]).to.deep.equal([
        before.Cmd,
        before.Entrypoint,
        before.User,
      ])
      const left = lintText(after, { context }).findings.filter((one) => one.rule === rule)
      expect(left, 'findings left').to.deep.equal([])
    })

  it('is never carried out, and is told with what it saves', () => {
    const { context, text, after } = shapes[0]!
    const settings = {
      rules: rules.filter(({ id }) => id === 'build-tools-in-final-stage'),
      severities: {},
      trials: usualTrials,
    }
    const result = fix(text, givenBy({ context }), { ...settings, unsafe: true })
    expect(result.text).to.equal(text)
    expect(result.reviews.map((one) => one.text)).to.deep.equal([after])
    expect(result.reviews[0]?.saves.low).to.be.greaterThan(100_000_000)
  })
})
