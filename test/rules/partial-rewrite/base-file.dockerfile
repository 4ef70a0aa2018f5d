FROM debian:12-slim
RUN sed -i 's/^# en_US/en_US/' /etc/locale.gen
