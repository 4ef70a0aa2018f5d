From alpine:3.20 As a
RUN true
FROM alpine:3.20
from a as b
CMD ["a"]
RUN true
