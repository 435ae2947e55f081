export { type ChannelFacts, type ChannelReport, channelReport, type ReportedBreak } from './channel-report';
export { type ReportTable, reportTables } from './report-tables';
