FROM alpine:3.20
RUN wget https://me:hunter2@example.org/a
