FROM alpine:3.20 AS build
RUN apk add --no-cache gcc make
RUN make
FROM alpine:3.20
COPY --from=build /app /app
CMD ["/app"]
