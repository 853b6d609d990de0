import { sign } from 'node:crypto';
import { CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Attribute, Extensions, id_ce_keyUsage, KeyUsage, type Name } from '@peculiar/asn1-x509';
import { extension } from '../iot/certificate-authority/extensions.ts';
import { publicKeyInfoOf } from '../iot/certificate-authority/public-key-info.ts';
import type { AuthorityConfiguration } from './authority-configuration.ts';
import { keyUsageFlags } from './issuing/key-usage.ts';
import type { SigningKeys } from './signing-keys.ts';
import { schemeOf } from './signing-keys.ts';

const armour = (der: Buffer): string => {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
};

/** The request that an authority wants to have signed, in PEM. */
export const authorityRequest = (configuration: AuthorityConfiguration, subject: Name, keys: SigningKeys): string => {
  const info = new CertificationRequestInfo({ subject, subjectPKInfo: publicKeyInfoOf(keys.publicKey) });
  const usage = configuration.CsrExtensions?.KeyUsage;
  if (usage !== undefined) {
    const asked = new Extensions([extension(id_ce_keyUsage, new KeyUsage(keyUsageFlags(usage)), true)]);
    // RFC 2985 §5.4.2: extensionRequest.
    info.attributes.push(new Attribute({ type: '1.2.840.113549.1.9.14', values: [AsnConvert.serialize(asked)] }));
  }
  const { identifier, digest } = schemeOf(configuration.SigningAlgorithm);
  const signature = sign(digest, Buffer.from(AsnConvert.serialize(info)), keys.privateKey);
  const request = new CertificationRequest({
    ...{ certificationRequestInfo: info, signatureAlgorithm: identifier },
    signature: new Uint8Array(signature).buffer,
  });
  return armour(Buffer.from(AsnConvert.serialize(request)));
};
