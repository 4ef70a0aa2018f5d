FROM alpine:3.20
RUN <<EOF
RUM this is text
EOF
