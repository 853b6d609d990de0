import * as z from 'zod/mini';

const kept = z.object({
  Name: z.string().check(z.minLength(1)),
  OwnName: z.optional(z.string()),
  CertificateArn: z.optional(z.string()),
});

const opened = z.object({ Name: z.string().check(z.minLength(1)), AuthorizerName: z.string().check(z.minLength(1)) });

/** Of a configuration itself. @throws for properties that our construct would not write. */
export const parseKept = (input: unknown) => {
  const { Name, OwnName, CertificateArn } = z.parse(kept, input);
  const isOwn = OwnName !== undefined && CertificateArn !== undefined;
  return { name: Name, own: isOwn ? { name: OwnName, certificateArn: CertificateArn } : undefined };
};

/** Of its being open. @throws for properties that our construct would not write. */
export const parseOpened = (input: unknown) => {
  const { Name, AuthorizerName } = z.parse(opened, input);
  return { name: Name, authorizerName: AuthorizerName };
};
