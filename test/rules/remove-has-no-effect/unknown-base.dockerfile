FROM example.org/team/base:1
RUN rm -rf /tmp/* /var/cache/apk/*
