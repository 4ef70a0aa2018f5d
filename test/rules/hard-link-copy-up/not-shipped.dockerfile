FROM alpine:3.20 AS build
COPY a /a
RUN ln /a /b
FROM alpine:3.20
COPY --from=build /b /b
