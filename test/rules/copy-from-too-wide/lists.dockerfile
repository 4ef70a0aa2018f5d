FROM debian:12-slim AS b
RUN apt-get update && apt-get install -y --no-install-recommends curl
FROM scratch
COPY --from=b /var /var
