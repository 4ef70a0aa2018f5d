/** What pip and its kin leave, where they install, and where their caches lie. */
import { expect } from 'chai'
import { left } from '../../tools/left.ts'

type Case = readonly [instructions: readonly string[], left: readonly (readonly string[])[]]

describe('python', () => {
  const cases: readonly Case[] = [
    // an option that another begins with
    [
      ['RUN pip install --no-cache-dir --upgrade a && pip install --no-cache-dir --pre b'],
      [['/usr/local pip:a', '/usr/local pip:b']],
    ],
    // measured wheels bring what they need, their byte code apart
    [
      ['RUN pip install --no-cache-dir Jinja2'],
      [
        [
          '/usr/local pip:jinja2',
          '/usr/local byte code: pip:jinja2',
          '/usr/local pip:markupsafe',
          '/usr/local byte code: pip:markupsafe',
        ],
      ],
    ],
    [
      ['RUN pip install --no-cache-dir --no-compile six', 'RUN python -c "import six"'],
      [['/usr/local pip:six'], ['/usr/local byte code of imported modules']],
    ],
    [
      ['RUN pip install --no-cache-dir six', 'RUN pip install --no-cache-dir six'],
      [['/usr/local pip:six', '/usr/local byte code: pip:six'], []],
    ],
    // official images come without byte code
    [
      ['ENV PYTHON_VERSION=3.12.1 GPG_KEY=x', 'RUN python -c "import os"', 'RUN pip install -U pip'],
      [
        ['/usr/local/lib/python3.12 byte code of Python'],
        [
          '/root/.cache/pip pip cache !cache',
          '/usr/local/bin programs of pip:pip',
          '/usr/local/lib/python3.12 byte code of Python and pip',
          '/usr/local/lib/python3.12/site-packages byte code of pip',
          '/usr/local/lib/python3.12/site-packages pip:pip ?',
          '/usr/local/lib/python3.12/site-packages byte code: pip:pip ?',
        ],
      ],
    ],
    // what an environment has was made with its byte code: its pip loads no more of Python's
    [
      [
        'ENV PYTHON_VERSION=3.12.1 GPG_KEY=x',
        'RUN python -m venv /venv',
        'RUN /venv/bin/pip install --no-cache-dir no-hawk',
      ],
      [['/usr/local/lib/python3.12 byte code of Python and venv', '/venv python environment'], ['/venv pip:no-hawk']],
    ],
    // for a Python that is known, they lie where it looks for them
    [
      ['ENV PYTHON_VERSION=3.12.1', 'RUN pip install --no-cache-dir --no-compile six uv'],
      [
        [
          '/usr/local/bin pip:uv',
          '/usr/local/bin programs of pip:six and 1 more',
          '/usr/local/lib/python3.12/site-packages pip:six',
        ],
      ],
    ],
    [['ENV PYTHON_VERSION=3.12.1', 'RUN pip install --no-cache-dir --no-compile --target=/p six'], [['/p pip:six']]],
    [
      [
        'ENV PYTHON_VERSION=3.12.1',
        'RUN pip install --no-cache-dir --no-compile six',
        'RUN rm -rf /usr/local/lib/python3.12/site-packages',
      ],
      [
        ['/usr/local/bin programs of pip:six', '/usr/local/lib/python3.12/site-packages pip:six'],
        ['-/usr/local/lib/python3.12/site-packages'],
      ],
    ],
    [
      [
        'RUN echo "six<1" > c.txt && pip install --no-cache-dir -c c.txt six==1.17.0 "no-hawk; sys_platform==\'win32\'"',
      ],
      [['/c.txt', '/usr/local pip:six', '/usr/local byte code: pip:six']],
    ],
    // what a project says it needs
    [
      [
        'WORKDIR /app',
        `RUN printf '[project]\\nname = "a"\\ndependencies = ["six==1.17.0"]\\n' > pyproject.toml`,
        'RUN pip install --no-cache-dir -e .',
      ],
      [['/app/pyproject.toml'], ['/usr/local pip:six', '/usr/local byte code: pip:six', '/usr/local pip:.']],
    ],
    [
      [
        'WORKDIR /app',
        `RUN printf '[[package]]\\nname = "a"\\nsource = { editable = "." }\\ndependencies = [{ name = "six" }]\\n[[package]]\\nname = "six"\\nversion = "1.17.0"\\nsource = { registry = "x" }\\n' > uv.lock`,
        'RUN uv sync --frozen --no-cache',
        'RUN uv sync --frozen --no-cache --extra web',
      ],
      [['/app/uv.lock'], ['/app/.venv pip:six', '/app/.venv uv: project'], ['/app/.venv uv: project dependencies']],
    ],
    [
      [
        'WORKDIR /app',
        `RUN echo '{"default":{"six":{"version":"==1.17.0"}},"develop":{"no-hawk":{"version":"==1"}}}' > Pipfile.lock`,
        'RUN PIP_NO_CACHE_DIR=1 pipenv install --system --deploy',
      ],
      [['/app/Pipfile.lock'], ['/usr/local pip:six', '/usr/local byte code: pip:six']],
    ],
    [
      [
        'WORKDIR /app',
        `RUN printf '[[package]]\\nname = "six"\\nversion = "1.17.0"\\noptional = false\\ngroups = ["main"]\\n[metadata]\\n' > poetry.lock`,
        'RUN poetry config virtualenvs.create false && poetry install --no-cache --only main',
      ],
      [['/app/poetry.lock'], ['/root/.config/pypoetry/config.toml', '/usr/local pip:six']],
    ],
    [['RUN pip install no-hawk'], [['/root/.cache/pip pip cache !cache', '/usr/local pip:no-hawk']]],
    [
      ["RUN pip install --no-cache-dir no-hawk 'Sym_Py>=4,<5' git+https://github.com/a/b.git#egg=Foo_Bar"],
      [['/usr/local pip:no-hawk', '/usr/local pip:sym-py', '/usr/local pip:foo-bar']],
    ],
    [['ENV PIP_NO_CACHE_DIR=1', 'RUN pip3 install -r requirements.txt'], [['/usr/local pip: requirements.txt']]],
    // pip takes any value for yes
    [['ENV PIP_NO_CACHE_DIR=0', 'RUN pip install a'], [['/usr/local pip:a']]],
    [
      [
        "RUN printf 'no-hawk==2.0\\n# x\\n-r more.txt\\nno-docs[i18n]>=2 ; python_version>\"3\"\\n' > r.txt && echo 'sympy' > more.txt && pip install -r r.txt",
      ],
      [
        [
          '/more.txt',
          '/r.txt',
          '/root/.cache/pip pip cache !cache',
          '/usr/local pip:no-hawk',
          '/usr/local pip:sympy',
          '/usr/local pip:no-docs',
        ],
      ],
    ],
    [['ENV PIP_CACHE_DIR=/cache', 'RUN pip install a && pip uninstall -y a'], [['/cache pip cache !cache']]],
    [['ENV XDG_CACHE_HOME=/x', 'RUN pip install a'], [['/usr/local pip:a', '/x/pip pip cache !cache']]],
    [
      ['USER 1000', 'ENV HOME=/home/app', 'RUN pip install a'],
      [['/home/app/.cache/pip pip cache !cache', '/home/app/.local pip:a']],
    ],
    [['RUN --mount=type=cache,target=/root/.cache pip install a'], [['/usr/local pip:a']]],
    [
      ['RUN python -m venv /venv && /venv/bin/pip install a && pip install b'],
      [['/root/.cache/pip pip cache !cache', '/usr/local pip:b', '/venv python environment', '/venv pip:a']],
    ],
    [
      ['RUN python3 -m venv /opt/e', 'ENV PATH=/opt/e/bin:$PATH', 'RUN python -m pip install a && rm -rf ~/.cache'],
      [['/opt/e python environment'], ['/opt/e pip:a']],
    ],
    [
      ['RUN pip install --target=/deps a && pip install --prefix=/install b && pip wheel -w /wheels c'],
      [['/deps pip:a', '/install pip:b', '/root/.cache/pip pip cache !cache', '/wheels wheel:c']],
    ],
    [
      ['RUN pip config set global.no-cache-dir true && pip install a'],
      [['/root/.config/pip/pip.conf', '/usr/local pip:a']],
    ],
    [['RUN pip install a && pip cache purge'], [['/usr/local pip:a']]],
    // a purge in a later RUN frees nothing
    [
      ['RUN pip install a', 'RUN pip install b && pip cache purge'],
      [
        ['/root/.cache/pip pip cache !cache', '/usr/local pip:a'],
        ['-/root/.cache/pip', '/usr/local pip:b'],
      ],
    ],
    // what a later RUN adds to a cache replaces nothing
    [
      ['RUN pip install a', 'RUN pip install b'],
      [
        ['/root/.cache/pip pip cache !cache', '/usr/local pip:a'],
        ['/root/.cache/pip pip cache 2 !cache', '/usr/local pip:b'],
      ],
    ],
    [
      ['RUN for p in a b; do pip install $p; done'],
      [['/root/.cache/pip pip cache !cache', '/usr/local pip:a', '/usr/local pip:b']],
    ],
    [
      ['RUN pip install a || pip install b'],
      [['/root/.cache/pip pip cache !cache ?', '/usr/local pip:a ?', '/usr/local pip:b ?']],
    ],
    [
      [
        'RUN curl -sSL https://install.python-poetry.org | python3 - && poetry config virtualenvs.create false && poetry install --no-root',
      ],
      [
        [
          '/root/.cache/pypoetry/artifacts poetry artifacts !cache',
          '/root/.cache/pypoetry/cache poetry cache !cache',
          '/root/.config/pypoetry/config.toml',
          '/root/.local/share/pypoetry poetry',
          '/usr/local poetry: project dependencies',
        ],
      ],
    ],
    // environments lie in the cache folder unless told otherwise
    [['RUN poetry install && rm -rf $HOME/.cache/pypoetry'], [[]]],
    [
      [
        'ENV POETRY_VIRTUALENVS_IN_PROJECT=1 POETRY_CACHE_DIR=/tmp/poetry',
        'RUN poetry install && rm -rf $POETRY_CACHE_DIR',
      ],
      [['/.venv poetry: project dependencies']],
    ],
    [['RUN uv sync --frozen'], [['/.venv uv: project dependencies', '/root/.cache/uv uv cache !cache']]],
    [
      ['ENV UV_NO_CACHE=1 UV_PROJECT_ENVIRONMENT=/venv', 'RUN uv sync --frozen && uv pip install --system no-hawk'],
      [['/usr/local pip:no-hawk', '/venv uv: project dependencies']],
    ],
    [
      ['RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-install-project'],
      [['/.venv uv: project dependencies']],
    ],
    [
      ['RUN pipenv install --system --deploy'],
      [['/root/.cache/pipenv pipenv cache !cache', '/usr/local pipenv: project dependencies']],
    ],
    [['RUN conda install -y -c conda-forge numpy=1.2 && conda clean -afy'], [['/opt/conda conda:numpy']]],
    [
      ['RUN conda env create -n x -f env.yml'],
      [
        [
          '/opt/conda/envs/x conda: env.yml',
          '/opt/conda/pkgs conda packages !cache',
          '/opt/conda/pkgs/cache conda index !cache',
        ],
      ],
    ],
    [
      ['RUN bash Miniconda3-latest-Linux-x86_64.sh -b -p /opt/conda && /opt/conda/bin/conda install -y scipy'],
      [
        [
          '/opt/conda conda: base environment',
          '/opt/conda conda:scipy',
          '/opt/conda/pkgs conda packages !cache',
          '/opt/conda/pkgs/cache conda index !cache',
        ],
      ],
    ],
    [
      ['RUN micromamba create -n app python=3.11 && micromamba clean --all --yes'],
      [['/root/micromamba/envs/app conda:python']],
    ],
    [
      [
        'WORKDIR /src',
        "RUN python setup.py install && python -c 'import x; print(x.y())' && python manage.py collectstatic --noinput",
      ],
      [['/src collectstatic ?', '/src/build python install', '/usr/local pip:src']],
    ],
  ]
  for (const [instructions, expected] of cases)
    it(instructions.join(' / ').slice(0, 120), () => expect(left(instructions)).to.deep.equal(expected))

  it('reads long code word by word, once', () => {
    const code = `${'import a '.repeat(400)}!`
    expect(left([`RUN python -c '${code}'`]).join(' ')).to.include('python -c')
  })
})
