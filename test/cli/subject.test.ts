import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { type Asked, openSubject, sniff } from '../../cli/subject.ts'
import { UserError } from '../../lib/error.ts'
import { folderWith } from './folder.ts'
import { recordedWorld } from './world.ts'

const tar = Buffer.alloc(1024)
tar.write('manifest.json')
tar.write('ustar', 257)

describe('sniff', () => {
  const cases: readonly (readonly [bytes: string | Uint8Array, kind: string])[] = [
    ['', 'text'],
    ['FROM scratch\n', 'text'],
    ['# a\0b\nFROM x', 'text'],
    [' \n{ "a": 1 }', 'json'],
    ['\ufeff[]', 'json'],
    [tar, 'archive'],
    [gzipSync(tar), 'archive'],
    [Buffer.from('28b52ffd00', 'hex'), 'archive'],
    ['\x7fELF', 'a program'],
    [`manifest.json${'\0'.repeat(87)}0000644\0`, 'binary data'],
    ['PK\x03\x04', 'a zip file'],
    ['\0\0\0\x01\0\x02RIFFx\0\n', 'binary data'],
    [Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 157 + (i >> 3)) % 256)), 'binary data'],
    [Buffer.from('fffe460052004f004d00', 'hex'), 'text in UTF-16'],
    [Buffer.from('# \xc4\xe3\xba\xc3\xca\xc0\xbd\xe7\nFROM x\n', 'latin1'), 'text'],
  ]
  for (const [bytes, kind] of cases)
    it(`${JSON.stringify(bytes.toString().slice(0, 20))}: ${kind}`, () =>
      expect(sniff(Buffer.from(bytes))).to.equal(kind))
})

describe('openSubject', () => {
  const folder = folderWith({
    Dockerfile: 'FROM a\n',
    'both/Dockerfile': 'FROM b\n',
    'both/Containerfile': 'FROM c\n',
    'one/Containerfile': 'FROM c\n',
    'odd/Dockerfile/x': '',
    'odd/dockerfile': 'FROM lower\n',
    'app/build/prod.dockerfile': 'FROM p\n',
    'empty/x': '',
    'layout/oci-layout': '{}',
    'layout/index.json': '{}',
    'image.tar': tar,
    'named-like-a-dockerfile': gzipSync(tar),
    'base.json': '{"schema":"stratigraph/base@1"}',
    'broken.json': '{ "a": ',
    brace: '{ no json\n',
    program: '\x7fELF',
  })
  const world = recordedWorld(folder, { input: 'FROM in\n' })
  const open = (text: string, more: Partial<Asked> = {}, from = world) =>
    openSubject({ text, folder, family: 'buildkit', ...more }, from)
  const at = (name: string) => join(folder, name)

  const cases: readonly (readonly [text: string, more: Partial<Asked>, found: object])[] = [
    ['.', {}, { kind: 'dockerfile', path: 'Dockerfile', text: 'FROM a\n', context: folder, file: at('Dockerfile') }],
    ['Dockerfile', {}, { kind: 'dockerfile', path: 'Dockerfile', context: folder }],
    ['./both/', {}, { path: 'both/Dockerfile', text: 'FROM b\n', context: at('both') }],
    ['both', { family: 'buildah' }, { path: 'both/Containerfile', text: 'FROM c\n' }],
    ['one', {}, { path: 'one/Containerfile' }],
    ['odd', {}, { path: 'odd/dockerfile' }],
    ['app', { file: 'app/build/prod.dockerfile' }, { path: 'app/build/prod.dockerfile', context: at('app') }],
    ['app', { file: 'build/prod.dockerfile' }, { path: 'app/build/prod.dockerfile', context: at('app') }],
    ['app/build/prod.dockerfile', {}, { context: at('app/build') }],
    ['app/build/prod.dockerfile', { context: at('app') }, { context: at('app') }],
    ['.', { context: false }, { context: undefined }],
    ['-', {}, { path: '-', text: 'FROM in\n', context: undefined, file: undefined }],
    ['-', { context: at('app') }, { context: at('app') }],
    ['app', { file: '-' }, { path: '-', text: 'FROM in\n', context: at('app') }],
    ['prod.dockerfile', { folder: at('app/build') }, { path: 'app/build/prod.dockerfile', context: at('app/build') }],
    ['base.json', {}, { kind: 'document', path: 'base.json', value: { schema: 'stratigraph/base@1' } }],
    ['brace', {}, { kind: 'dockerfile', text: '{ no json\n' }],
    ['image.tar', {}, { kind: 'image', transport: 'archive', place: at('image.tar'), pick: undefined }],
    ['named-like-a-dockerfile', {}, { kind: 'image', transport: 'archive' }],
    ['image.tar:a/b:1', {}, { kind: 'image', place: at('image.tar'), pick: 'a/b:1', path: 'image.tar:a/b:1' }],
    ['image.tar:@2', {}, { pick: '@2' }],
    ['layout', {}, { kind: 'image', transport: 'oci', place: at('layout') }],
    ['layout:v1', {}, { kind: 'image', transport: 'oci', pick: 'v1' }],
    ['oci:layout:v1', {}, { kind: 'image', transport: 'oci', place: at('layout'), pick: 'v1' }],
    ['docker-archive:image.tar', {}, { transport: 'docker-archive', place: at('image.tar'), pick: undefined }],
    ['docker-daemon:alpine:3.20', {}, { transport: 'docker-daemon', place: 'alpine:3.20' }],
    ['docker://alpine', {}, { transport: 'docker', place: 'alpine' }],
    ['/dev/null', {}, { kind: 'dockerfile', text: '', context: undefined, file: undefined }],
  ]
  for (const [text, more, found] of cases)
    it(`${text} ${JSON.stringify(more).replaceAll(folder, '')}`, async () => {
      const subject = await open(text, more)
      for (const [key, value] of Object.entries(found))
        expect(subject[key as keyof typeof subject], key).to.deep.equal(value)
    })

  it('a document on standard input, but no archive', async () => {
    const piped = (input: string | Uint8Array) =>
      open('-', {}, recordedWorld(folder, { stdin: async () => Buffer.from(input) }))
    expect(await piped('[{"Id":"x"}]')).to.deep.include({ kind: 'document', path: '-', value: [{ Id: 'x' }] })
    const error = await piped(tar).catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(UserError).with.property('message', '-: an archive on standard input')
  })

  it('a pipe', async () => {
    const pipe = at('pipe')
    execFileSync('mkfifo', [pipe])
    execFileSync('sh', ['-c', `echo FROM p >'${pipe}' &`], { stdio: 'ignore' })
    const subject = await open('pipe')
    expect(subject).to.deep.include({ kind: 'dockerfile', text: 'FROM p\n', context: undefined })
    execFileSync('sh', ['-c', `cat '${at('image.tar')}' >'${pipe}' 2>'${at('lost')}' &`], { stdio: 'ignore' })
    const error = await open('pipe').catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(UserError).with.property('message', 'pipe: an archive that comes through a pipe')
  })

  const wrong: readonly (readonly [text: string, more: Partial<Asked>, message: RegExp])[] = [
    ['empty', {}, /^empty: no Dockerfile in it$/],
    ['nowhere', {}, /^nowhere: no such file or folder$/],
    ['nowhere:tag', {}, /^nowhere:tag: no such file or folder$/],
    ['Dockerfile', { file: 'x' }, /^Dockerfile: with -f the subject is the build context, a folder$/],
    ['nowhere', { file: 'x' }, /^nowhere: no such folder/],
    ['.', { file: 'nowhere' }, /^nowhere: no such file$/],
    ['.', { file: 'empty' }, /^empty: a folder, not a Dockerfile$/],
    ['-', { file: 'x' }, /^- is the Dockerfile already/],
    ['broken.json', {}, /^broken\.json: not JSON: /],
    ['program', {}, /^program: a program, not a Dockerfile nor an image$/],
    ['Dockerfile:v1', {}, /^Dockerfile:v1: no image archive$/],
    ['empty:v1', {}, /^empty:v1: no image layout$/],
    ['oci:', {}, /^oci:: names no image$/],
    ['docker://', {}, /names no image$/],
    ['circle', {}, /^circle: too many symbolic links encountered$/],
    ['round', {}, /^round\/Dockerfile: too many symbolic links encountered$/],
    ['n'.repeat(300), {}, /^n+: name too long$/],
  ]
  symlinkSync('circle', at('circle'))
  mkdirSync(at('round'))
  symlinkSync('Dockerfile', at('round/Dockerfile'))
  for (const [text, more, message] of wrong)
    it(`refuses ${text} ${JSON.stringify(more)}`, async () => {
      const error = await open(text, more).then(
        () => undefined,
        (caught: unknown) => caught,
      )
      expect(error).to.be.instanceOf(UserError)
      expect((error as UserError).message).to.match(message)
    })
})
