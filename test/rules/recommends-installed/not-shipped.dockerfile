FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y curl
FROM debian:12-slim
COPY --from=build /etc/os-release /x
