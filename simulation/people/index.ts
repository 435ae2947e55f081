export { type Applicant, asTheBureauKnows, type BureauFile, type BureauPerson } from './applicant';
export { generateApplicants } from './generator';
export { applicantsFromCsv } from './south-german-credit';
export { type Conduct, conductOf, reactionToOffer } from './temperament';
