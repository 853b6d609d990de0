import type { ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { subjectAttributeNames, subjectAttributes } from '../certificate-authority/subject-attributes.ts';

/** The template parameters that a certificate's subject has values for (DG:jit-provisioning). */
export const subjectParameters = ({ subject }: ParsedCertificate, repeated: 'first' | 'last'): ReadonlyMap<string, string> => {
  const found = subjectAttributeNames.flatMap((name): [string, string][] => {
    const value = subjectAttributes(subject, name).at(repeated === 'first' ? 0 : -1);
    return value === undefined ? [] : [[`AWS::IoT::Certificate::${name}`, value]];
  });
  return new Map(found);
};
