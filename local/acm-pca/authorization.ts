import type { Account } from '../account.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { AuthorityStore } from './authority-store.ts';
import { defaultTemplateArn } from './issuing/template.ts';

/** What IAM must allow for ACM Private CA. */
export const pcaAuthorization = (account: Account, authorities: AuthorityStore): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  return serviceAuthorization({
    account,
    prefix: 'acm-pca',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: { certificateauthorityid: (input) => textIn(input, 'CertificateAuthorityArn', 'ResourceArn') },
    policiesOf: (arn) => {
      const policy = authorities.find(arn)?.policy;
      return policy === undefined ? undefined : { documents: [read(policy)] };
    },
    contextOf: (arn, input) => ({
      // Only an order of a certificate names one, or means the default.
      'acm-pca:TemplateArn': input['Csr'] === undefined ? undefined : (textIn(input, 'TemplateArn') ?? defaultTemplateArn),
      ...resourceTags(authorities.find(arn)?.tags ?? []),
    }),
  });
};
