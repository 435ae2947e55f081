import { adverseActionNotice } from './notice';

const rejection = {
  applicationId: 'application-4q2m',
  on: '2026-03-02',
  reasons: ['CREDIT_HISTORY_POOR', 'DURATION_LONG'],
  sources: ['bureau', 'a-source-without-a-name'],
  byPerson: false,
} as const;

describe('the notice to somebody who was not approved', () => {
  it('says why, from which sources, and that a person can be asked for, in either language', () => {
    const { en, zh } = adverseActionNotice(rejection);
    for (const part of [
      'application-4q2m',
      '2026-03-02',
      'Earlier credits were not repaid',
      'a credit bureau',
      'a person looks',
    ]) {
      expect(en).toContain(part);
    }
    for (const part of ['application-4q2m', '过往信用记录不理想', '征信机构', '申请人工复核'])
      expect(zh).toContain(part);
    for (const text of [en, zh]) expect(text).not.toMatch(/[A-Z]{3,}_|without-a-name/);
  });

  it('says so when a person has decided', () => {
    const { en, zh } = adverseActionNotice({ ...rejection, byPerson: true });
    expect(en).toContain('made by a person');
    expect(zh).toContain('人工审核');
  });
});
