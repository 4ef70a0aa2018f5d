/** What Ruby, PHP, Perl, Lua, R, Julia, the BEAM and Haskell leave; servers, and scripts from the network. */
import { expect } from 'chai'
import { left } from '../../tools/left.ts'
import { lintText } from '../../tools/lint.ts'

type Case = readonly [instructions: readonly string[], left: readonly (readonly string[])[]]

describe('scripting', () => {
  const cases: readonly Case[] = [
    [
      ['RUN wineboot', 'RUN wine setup.exe /S'],
      [['/root/.wine wine prefix'], ['/ wine: setup.exe ?']],
    ],
    [
      ['RUN gem install bundler rails -v 7 --no-document'],
      [
        [
          '/root/.gem/specs gem index !temporary',
          '/usr/local/share/gems gem:bundler',
          '/usr/local/share/gems gem:rails',
          '/usr/local/share/gems/cache gem cache !cache',
        ],
      ],
    ],
    [
      ['ENV GEM_HOME=/usr/local/bundle', 'RUN bundle install --jobs 4 && rm -rf /usr/local/bundle/cache/*.gem'],
      [['/Gemfile.lock', '/root/.bundle/cache bundler index !cache', '/usr/local/bundle gem: project dependencies']],
    ],
    [
      [
        'WORKDIR /app',
        'RUN bundle config set --local path vendor/bundle && bundle install && bundle exec rake assets:precompile',
      ],
      [
        [
          '/app/.bundle/config',
          '/app/Gemfile.lock',
          '/app/public assets:precompile',
          '/app/tmp/cache/assets asset cache !cache ?',
          '/app/vendor/bundle/ruby/${ruby_version} gem: project dependencies',
          '/app/vendor/bundle/ruby/${ruby_version}/cache bundler cache !cache',
          '/root/.bundle/cache bundler index !cache',
        ],
      ],
    ],
    [
      ['WORKDIR /app', 'ENV COMPOSER_HOME=/tmp', 'RUN composer install --no-dev && composer clear-cache'],
      [['/app/composer.lock', '/app/vendor composer: project dependencies']],
    ],
    [
      ['WORKDIR /app', 'RUN composer require a/b:^1'],
      [
        [
          '/app/composer.json',
          '/app/composer.lock',
          '/app/vendor composer:a/b',
          '/root/.composer/cache composer cache !cache',
        ],
      ],
    ],
    [
      [
        'RUN docker-php-ext-configure gd --with-jpeg && docker-php-ext-install -j$(nproc) gd pdo_mysql && pecl install redis-5.3.7 && docker-php-ext-enable redis && rm -rf /tmp/pear',
      ],
      [
        [
          '/usr/local/etc/php/conf.d/docker-php-ext-gd.ini',
          '/usr/local/etc/php/conf.d/docker-php-ext-pdo_mysql.ini',
          '/usr/local/etc/php/conf.d/docker-php-ext-redis.ini',
          '/usr/local/lib/php pecl: documentation and tests of redis',
          '/usr/local/lib/php/extensions php:gd',
          '/usr/local/lib/php/extensions php:pdo_mysql',
          '/usr/local/lib/php/extensions php:redis',
        ],
      ],
    ],
    [
      ['RUN curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer'],
      [['/usr/local/bin/composer']],
    ],
    [
      [`RUN luarocks install luasocket && cpanm --notest DBI && perl -MCPAN -e 'install "JSON"'`],
      [
        [
          '/root/.cache/luarocks luarocks cache !cache',
          '/root/.cpan cpan build folders !temporary',
          '/root/.cpanm cpanm build folders !temporary',
          '/usr/local lua:luasocket',
          '/usr/local perl:DBI',
          '/usr/local perl:JSON',
        ],
      ],
    ],
    [
      [`RUN R -e "install.packages(c('a','b'), repos='https://x')" && Rscript -e 'library(a)'`],
      [['/usr/local/lib/R/site-library R:a', '/usr/local/lib/R/site-library R:b']],
    ],
    [
      ['RUN install2.r --error tidyverse && rm -rf /tmp/downloaded_packages'],
      [['/usr/local/lib/R/site-library R:tidyverse']],
    ],
    [
      [`RUN julia -e 'using Pkg; Pkg.add("CSV"); Pkg.precompile()'`],
      [
        [
          '/root/.julia julia:CSV',
          '/root/.julia julia: project dependencies',
          '/root/.julia/registries julia registries !cache',
        ],
      ],
    ],
    [
      ['ENV MIX_ENV=prod', 'WORKDIR /a', 'RUN mix local.hex --force && mix do deps.get, deps.compile && mix release'],
      [
        [
          '/a/_build/prod mix deps.compile',
          '/a/_build/prod mix release',
          '/a/deps hex: project dependencies',
          '/root/.hex hex cache !cache',
          '/root/.mix mix local.hex',
        ],
      ],
    ],
    [
      ['RUN stack build --copy-bins && cabal update && cabal install pandoc'],
      [
        [
          '/.stack-work stack build',
          '/root/.cabal/bin cabal:pandoc',
          '/root/.cabal/packages cabal packages !cache',
          '/root/.cabal/store cabal store !cache',
          '/root/.local/bin stack: programs',
          '/root/.stack stack packages !cache',
        ],
      ],
    ],
    [
      [
        'RUN mkdir -p /etc/apache2/mods-enabled /etc/apache2/mods-available && touch /etc/apache2/mods-available/rewrite.load && a2enmod rewrite',
      ],
      [['/etc/apache2/mods-available/rewrite.load', '/etc/apache2/mods-enabled/rewrite.load']],
    ],
    [['RUN openssl req -x509 -newkey rsa:4096 -keyout k.pem -out c.pem -nodes -subj /CN=x'], [['/c.pem', '/k.pem']]],
    [
      [
        'RUN curl -o- https://raw.githubusercontent.com/nvm-sh/nvm/v0.39.0/install.sh | bash && . ~/.nvm/nvm.sh && nvm install 18',
      ],
      [['/root/.nvm nvm', '/root/.nvm nvm:18', '/root/.nvm/.cache nvm downloads !cache']],
    ],
    [['RUN curl -sL https://example.com/x.sh | bash'], [['/ unknown: script from example.com/x.sh ?']]],
    [
      ['RUN bash /opt/setup.sh && python3 /x.py && node server.js && java -jar a.jar && php artisan optimize'],
      [['/ unknown: setup.sh ?', '/ python x.py ?', '/ node server.js ?', '/ java a.jar ?', '/ artisan optimize ?']],
    ],
    [['RUN node --version && python -V && java -version && php -m'], [[]]],
  ]
  for (const [instructions, expected] of cases)
    it(instructions.join(' / ').slice(0, 120), () => expect(left(instructions)).to.deep.equal(expected))

  it('a version that is not known is any name in the words that clean up', () => {
    const text = 'FROM ruby:0.0\nENV BUNDLE_PATH=/gems\nRUN bundle install && rm -rf ~/.bundle\n'
    const { findings } = lintText(text)
    const edits = findings.flatMap(({ suggestions }) =>
      suggestions.flatMap((one) => one.edits.map((edit) => edit.text)),
    )
    expect(edits).to.deep.equal([' && rm -rf /gems/ruby/*/cache/*.gem'])
  })
})
