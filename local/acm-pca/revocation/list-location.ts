import type { PrivateAuthority } from '../private-authority.ts';

/** User Guide, "CRL structure": where in its bucket the list of an authority is. */
export const listKeyOf = ({ id }: PrivateAuthority): string => `crl/${id}.crl`;

/** What its certificates say of where the list is; undefined while it has none, or does not tell. */
export const listUrlOf = (authority: PrivateAuthority, region: string): string | undefined => {
  const { Enabled, CustomCname, S3BucketName = '', CrlDistributionPointExtensionConfiguration } = authority.revocation.CrlConfiguration;
  if (!Enabled || CrlDistributionPointExtensionConfiguration?.OmitExtension === true) return undefined;
  return `http://${CustomCname ?? `${S3BucketName}.s3.${region}.amazonaws.com`}/${listKeyOf(authority)}`;
};
