import { expect } from 'chai'
import { pipfileNeeds, poetryNeeds, projectNeeds, uvNeeds } from '../../../../lib/sizes/pip/project.ts'

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

  it('are locked by uv', () => {
    expect(uvNeeds(uv, { dev: false })).to.deep.equal(['click==8.1.7', 'six==1.17.0'])
    expect(uvNeeds(uv, { dev: true })).to.deep.equal(['click==8.1.7', 'pytest==8.0', 'six==1.17.0'])
  })

  it('are locked by Poetry', () => {
    expect(poetryNeeds(poetry, { dev: false })).to.deep.equal(['click==8.1.7 ; python_version < "4"'])
    expect(poetryNeeds(poetry, { dev: true })).to.have.length(2)
    expect(poetryNeeds(poetry.replaceAll(/^groups.*\n/gm, ''), { dev: false })).to.equal(undefined)
  })

  it('are locked by Pipenv', () => {
    const lock = '{"default":{"click":{"version":"==8.1.7","markers":"x"}},"develop":{"pytest":{"version":"==8.0"}}}'
    expect(pipfileNeeds(lock, { dev: false })).to.deep.equal(['click==8.1.7 ; x'])
    expect(pipfileNeeds(lock, { dev: true })).to.have.length(2)
  })

  for (const text of ['', '{', 'null', '{"default":1}', '[[package]]\nname = [[[[', '\0', '[project'])
    it(`is none: ${JSON.stringify(text)}`, () => {
      expect(projectNeeds(text)).to.equal(undefined)
      expect(uvNeeds(text, { dev: true })).to.equal(undefined)
      expect(poetryNeeds(text, { dev: true })).to.equal(undefined)
      expect(pipfileNeeds(text, { dev: true })).to.equal(undefined)
    })
})
