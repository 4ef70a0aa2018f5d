FROM ruby:3.3-slim
ENV BUNDLE_WITHOUT=development:test
WORKDIR /app
COPY Gemfile ./
RUN bundle install
