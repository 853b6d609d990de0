import type { OperationTable } from '../gateway/operation.ts';
import {
  getCertificateAuthorityCertificate,
  getCertificateAuthorityCsr,
  importCertificateAuthorityCertificate,
} from './operations/authority-certificate.ts';
import { deleteCertificateAuthority, restoreCertificateAuthority, updateCertificateAuthority } from './operations/change-authority.ts';
import { createCertificateAuthority } from './operations/create-certificate-authority.ts';
import { describeCertificateAuthority, listCertificateAuthorities } from './operations/describe-authorities.ts';
import { getCertificate } from './operations/get-certificate.ts';
import { issueCertificate } from './operations/issue-certificate.ts';
import { createPermission, deletePermission, listPermissions } from './operations/permissions.ts';
import { deletePolicy, getPolicy, putPolicy } from './operations/policies.ts';
import { revokeCertificate } from './operations/revoke-certificate.ts';
import { listTags, tagCertificateAuthority, untagCertificateAuthority } from './operations/tags.ts';
import type { PcaDependencies } from './pca-dependencies.ts';

/** Every operation of ACM Private CA that the local AWS has. */
export const pcaOperations = (dependencies: PcaDependencies): OperationTable => ({
  CreateCertificateAuthority: createCertificateAuthority(dependencies),
  CreatePermission: createPermission(dependencies),
  DeleteCertificateAuthority: deleteCertificateAuthority(dependencies),
  DeletePermission: deletePermission(dependencies),
  DeletePolicy: deletePolicy(dependencies),
  DescribeCertificateAuthority: describeCertificateAuthority(dependencies),
  GetCertificate: getCertificate(dependencies),
  GetCertificateAuthorityCertificate: getCertificateAuthorityCertificate(dependencies),
  GetCertificateAuthorityCsr: getCertificateAuthorityCsr(dependencies),
  GetPolicy: getPolicy(dependencies),
  ImportCertificateAuthorityCertificate: importCertificateAuthorityCertificate(dependencies),
  IssueCertificate: issueCertificate(dependencies),
  ListCertificateAuthorities: listCertificateAuthorities(dependencies),
  ListPermissions: listPermissions(dependencies),
  ListTags: listTags(dependencies),
  PutPolicy: putPolicy(dependencies),
  RestoreCertificateAuthority: restoreCertificateAuthority(dependencies),
  RevokeCertificate: revokeCertificate(dependencies),
  TagCertificateAuthority: tagCertificateAuthority(dependencies),
  UntagCertificateAuthority: untagCertificateAuthority(dependencies),
  UpdateCertificateAuthority: updateCertificateAuthority(dependencies),
});
