import { choice, choices, integer, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { DHGroup } from './dhgroup.ts'

export const AuthenticationMethod = choices('AuthenticationMethod', {
  'preshared-keys': ['Pre-shared keys'],
  certificates: ['Certificates'],
  'rsa-signatures': ['RSA signatures'],
  'dsa-signatures': ['DSA signatures'],
})

export const EncryptionAlgorithm = choices('EncryptionAlgorithm', {
  'aes-128-cbc': ['128-bit AES (CBC)'],
  'aes-128-gcm': ['128-bit AES (GCM)'],
  'aes-192-cbc': ['192-bit AES (CBC)'],
  'aes-192-gcm': ['192-bit AES (GCM)'],
  'aes-256-cbc': ['256-bit AES (CBC)'],
  'aes-256-gcm': ['256-bit AES (GCM)'],
  '3des-cbc': ['3DES'],
  'des-cbc': ['DES'],
})

export const AuthenticationAlgorithm = choices('AuthenticationAlgorithm', {
  'hmac-sha1': ['SHA-1 HMAC'],
  'hmac-sha256': ['SHA-256 HMAC'],
  'hmac-sha384': ['SHA-384 HMAC'],
  'hmac-sha512': ['SHA-512 HMAC'],
  'hmac-md5': ['MD5 HMAC'],
})

export const IKEProposal = model('vpn.ikeproposal', {
  label: 'IKE proposal',
  about: 'A set of algorithms offered in phase 1 of a tunnel.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    authentication_method: choice(AuthenticationMethod),
    encryption_algorithm: choice(EncryptionAlgorithm),
    authentication_algorithm: choice(AuthenticationAlgorithm, { nullable: true }),
    group: choice(DHGroup, { help: 'Diffie-Hellman group ID' }),
    sa_lifetime: integer({
      nullable: true,
      label: 'SA lifetime',
      help: 'Security association lifetime (in seconds)',
      min: 0,
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['authentication_method', 'encryption_algorithm', 'authentication_algorithm', 'group', 'sa_lifetime'],

  filters: {
    ike_policy: related('ike_policies'),
  },

  file: {
    table: {
      first: [
        'name',
        ['authentication_method', 'Authentication Method'],
        ['encryption_algorithm', 'Encryption Algorithm'],
        ['authentication_algorithm', 'Authentication Algorithm'],
        'group',
        ['sa_lifetime', 'SA Lifetime'],
        'description',
      ],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    columns: [
      'name',
      'authentication_method',
      'encryption_algorithm',
      'authentication_algorithm',
      'group',
      'sa_lifetime',
      'description',
    ],
    form: {
      Proposal: ['name', 'description', 'tags'],
      Parameters: ['authentication_method', 'encryption_algorithm', 'authentication_algorithm', 'group', 'sa_lifetime'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_ikeproposal: RowOf<typeof IKEProposal>
  }
}
