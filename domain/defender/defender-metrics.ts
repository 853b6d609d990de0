/** What is counted of audits of Device Defender. */
export const defenderMetrics = { found: 'DefenderFindings' } as const;
