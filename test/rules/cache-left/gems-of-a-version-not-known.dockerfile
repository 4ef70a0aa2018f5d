FROM ruby:3.3-slim
WORKDIR /app
ENV BUNDLE_PATH=/gems
COPY Gemfile Gemfile.lock ./
RUN bundle install && rm -rf ~/.bundle
