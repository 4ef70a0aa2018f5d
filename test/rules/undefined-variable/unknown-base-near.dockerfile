FROM example.org/team/app:1
ENV APP_HOME=/srv
WORKDIR $APP_HOMES
