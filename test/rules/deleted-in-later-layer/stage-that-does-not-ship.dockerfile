FROM alpine:3.20 AS build
RUN dd if=/dev/zero of=/tmp/blob bs=1M count=8
RUN rm /tmp/blob
RUN echo hello > /out
FROM alpine:3.20
COPY --from=build /out /out
