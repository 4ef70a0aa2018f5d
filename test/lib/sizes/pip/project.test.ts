import { expect } from 'chai'
import { type Need, pipfileNeeds, poetryNeeds, projectNeeds, uvNeeds } from '../../../../lib/sizes/pip/project.ts'

const pyproject = `[build-system]
requires = ["setuptools>=61"]

[project]
name = "a"
dependencies = [
  "click>=8",   # why
  'requests[socks] ; python_version < "4"',
  # "no",
  "rich[a]",
]

[project.optional-dependencies]
web = ["flask"]
`

const uv = `version = 1

[[package]]
name = "a"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "click" },
    { name = "colorama", marker = "sys_platform == 'win32'" },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]

[[package]]
name = "click"
version = "8.1.7"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "six" }]

[[package]]
name = "pytest"
version = "8.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://pypi.org/simple" }
`

const poetry = `[[package]]
name = "click"
version = "8.1.7"
optional = false
groups = ["main"]
markers = "python_version < \\"4\\""

[package.dependencies]
six = "*"

[[package]]
name = "pytest"
version = "8.0"
optional = false
groups = ["dev"]

[[package]]
name = "extra"
version = "1"
optional = true
groups = ["main"]

[metadata]
lock-version = "2.1"
`

describe('Python projects', () => {
  it('say what they need in pyproject.toml', () => {
    const needs = ['click>=8', 'requests[socks] ; python_version < "4"', 'rich[a]']
    expect(projectNeeds(pyproject)).to.deep.equal(needs)
    expect(projectNeeds(pyproject, ['web', 'none'])).to.deep.equal([...needs, 'flask'])
    expect(projectNeeds('[project]\nname = "a"\ndynamic = ["dependencies"]\n')).to.equal(undefined)
  })

  const target = { python: '3.11', machine: 'x86_64', glibc: true }
  const [use, dev] = [
    { dev: false, target },
    { dev: true, target },
  ]
  const written = (needs: readonly Need[] | undefined) => needs?.map(({ requirement }) => requirement)

  it('are locked by uv', () => {
    expect(written(uvNeeds(uv, use))).to.deep.equal(['click==8.1.7', 'six==1.17.0'])
    expect(written(uvNeeds(uv, dev))).to.deep.equal(['click==8.1.7', 'pytest==8.0', 'six==1.17.0'])
  })

  it('are locked by uv with extras, conditions and wheels', () => {
    const registry = 'source = { registry = "https://pypi.org/simple" }'
    const lock = `[[package]]
name = "a"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "httpx", extra = ["http2"], marker = "python_full_version >= '3'" },
    { name = "colorama", marker = "sys_platform == 'win32'" },
]

[[package]]
name = "colorama"
version = "1"
${registry}

[[package]]
name = "h2"
version = "4"
${registry}
wheels = [
    { url = "https://x/h2-4-cp310-cp310-manylinux_2_17_x86_64.whl", hash = "sha256:0", size = 5 },
    { url = "https://x/h2-4-cp311-cp311-musllinux_1_2_x86_64.whl", hash = "sha256:0", size = 6 },
    { url = "https://x/h2-4-cp311-cp311-manylinux2014_aarch64.whl", hash = "sha256:0", size = 7 },
    { url = "https://x/h2-4-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", hash = "sha256:0", size = 8 },
    { url = "https://x/h2-4-py3-none-any.whl", hash = "sha256:0", size = 9 },
]

[[package]]
name = "httpx"
version = "2"
${registry}

[package.optional-dependencies]
http2 = [
    { name = "h2" },
]
`
    expect(uvNeeds(lock, use)).to.deep.equal([
      { requirement: 'h2==4', wheel: { bytes: 8, native: true } },
      { requirement: 'httpx==2' },
    ])
    const old = uvNeeds(lock, { dev: false, target: { ...target, python: '3.8' } })
    expect(old?.[0]?.wheel).to.deep.equal({ bytes: 9, native: false })
  })

  it('are locked by Poetry', () => {
    expect(written(poetryNeeds(poetry, use))).to.deep.equal(['click==8.1.7 ; python_version < "4"'])
    expect(poetryNeeds(poetry, dev)).to.have.length(2)
  })

  it('are locked by a Poetry that leaves the rest to pyproject.toml', () => {
    const old = `${poetry.replaceAll(/^groups.*\n/gm, '')}\n[[package]]\nname = "six"\nversion = "1"\noptional = false\n`
    expect(poetryNeeds(old, use)).to.equal(undefined)
    const asks = '[tool.poetry.dependencies]\npython = "^3.11"\nClick = "*"\nextra = {version = "*", optional = true}\n'
    const here = ['click==8.1.7 ; python_version < "4"', 'six==1 ; ']
    expect(written(poetryNeeds(old, { ...use, pyproject: asks }))).to.deep.equal(here)
    const listed = '[project]\nname = "a"\ndependencies = ["click (>=8)"]\n'
    expect(written(poetryNeeds(old, { ...use, pyproject: listed }))).to.deep.equal(here)
    expect(poetryNeeds(old, { ...use, pyproject: '' })).to.equal(undefined)
  })

  it('are locked by Pipenv', () => {
    const lock = '{"default":{"click":{"version":"==8.1.7","markers":"x"}},"develop":{"pytest":{"version":"==8.0"}}}'
    expect(written(pipfileNeeds(lock, use))).to.deep.equal(['click==8.1.7 ; x'])
    expect(pipfileNeeds(lock, dev)).to.have.length(2)
  })

  for (const text of ['', '{', 'null', '{"default":1}', '[[package]]\nname = [[[[', '\0', '[project'])
    it(`is none: ${JSON.stringify(text)}`, () => {
      expect(projectNeeds(text)).to.equal(undefined)
      expect(uvNeeds(text, dev)).to.equal(undefined)
      expect(poetryNeeds(text, dev)).to.equal(undefined)
      expect(pipfileNeeds(text, dev)).to.equal(undefined)
    })
})
