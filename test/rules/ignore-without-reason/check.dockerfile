# check=skip=StageNameCasing
FROM alpine:3.20
