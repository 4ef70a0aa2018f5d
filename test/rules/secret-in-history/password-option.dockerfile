FROM debian:12-slim
RUN mysql --user=root --password=hunter22 -e 'create database app' \
    && mysqldump -uroot -phunter22 app > /app.sql
