FROM php:8.3-cli
WORKDIR /app
RUN php composer.phar update
