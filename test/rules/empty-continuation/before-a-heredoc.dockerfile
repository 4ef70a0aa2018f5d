FROM alpine:3.20
RUN <<EOF \

  cat
hello
EOF
