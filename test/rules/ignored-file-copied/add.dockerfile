FROM alpine:3.20
ADD a.txt a.tmp /x/
