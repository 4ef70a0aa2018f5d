FROM alpine:3.20
RUN apk add --no-cache gcc musl-dev make
COPY . /src
RUN make -C /src install
CMD ["/usr/local/bin/app"]
