FROM ruby:3.3-slim
WORKDIR /app
COPY Gemfile ./
RUN bundle install --jobs 4
