import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signedHeaders } from './signature.ts'

test('signatures are those of the examples that Amazon publishes', () => {
  const keys = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
  const sign = (query: string) =>
    signedHeaders(
      new URL(`https://examplebucket.s3.amazonaws.com/?${query}`),
      'us-east-1',
      keys,
      new Date('2013-05-24T00:00:00Z'),
    )['authorization']
  const start =
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature='
  assert.equal(sign('lifecycle'), `${start}fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543`)
  assert.equal(sign('max-keys=2&prefix=J'), `${start}34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7`)
})
