import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assets, readAsset } from './assets.ts'

test('every asset is there, with the type that browsers insist on', async () => {
  for (const asset of assets) {
    const { body, type = '' } = await readAsset(asset)
    assert.ok(body instanceof Uint8Array && body.length > 100, asset.file)
    const expected = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }[
      asset.file.split('.').at(-1) ?? ''
    ]
    assert.equal(type.split(';')[0], expected, asset.file)
  }
})

test('an asset is read once', async () => {
  for (const asset of assets) assert.equal(await readAsset(asset), await readAsset(asset))
})

test('nothing is loaded from the Internet for the sake of a logo', async () => {
  const redoc = assets.find(({ file }) => file === 'redoc.standalone.js') ?? assert.fail('there is no Redoc')
  const { body } = await readAsset(redoc)
  assert.ok(!Buffer.from(body as Uint8Array).includes('cdn.redoc.ly'))
})

test('a file that is nowhere is an error that names it', async () => {
  await assert.rejects(() => readAsset({ file: 'missing.css', type: 'text/css' }), /missing\.css/)
})
