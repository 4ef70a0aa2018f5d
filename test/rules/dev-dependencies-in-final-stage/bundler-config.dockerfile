FROM ruby:3.3-slim
WORKDIR /app
COPY Gemfile ./
RUN bundle config set --local without 'development test'
RUN bundle install
