FROM alpine:3.20
COPY a /a
RUN ln /a /b
