FROM docker:27-cli
RUN --mount=type=secret,id=p docker login -u bob --password-stdin example.org < /run/secrets/p
