FROM alpine:3.20
ENV ACCESS=AKIAQWERTYUIOPASDFGH
CMD ["app", "--url", "https://bob:hunter22@example.org/"]
