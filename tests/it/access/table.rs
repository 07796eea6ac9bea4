//! Who may do what, by route. One line a route and stage; a route without a line fails the build.

/// A stage of a quarter's life, as `world.rs` lays it out for INF-01 and another agency, the same for both:
///   draft       the quarter is open; RSP-02 is answered, with a piece of evidence; a meeting resolved something
///   review      handed in; RSP-02 was sent back, DSP-02 asked to be "not applicable", RSP-03 has a finding proposed
///   objections  the preliminary result is told; RSP-02 may be objected to
///   committee   an objection to RSP-02 was filed and reviewed
///   final       the quarter before, which is final; its first edition is published
///
/// `{period}` and `{agency}` are those of the stage; `{id}` is the id of what the word before it names (`evidence/{id}`);
/// `{indicator}` is RSP-02, unless the line names another (`{indicator=DSP-02}`), `{agency=…}` likewise.
///
/// Who: `public` (also without signing in), `everybody` (signed in), or roles. Agency roles and auditors may so with
/// what is theirs only; the same of another agency has to be as if it were not there. With a `+` they may with others' too.
pub const TABLE: &str = "
GET  /health                                                       draft  public
GET  /public                                                       final  public
GET  /public/feed.atom                                             final  public
GET  /public/desk/{token}                                          final  public
POST /public/desk/{token}                                          final  public
GET  /public/{period}                                              final  public
GET  /public/{period}/practice                                     final  public
GET  /public/{period}/method                                       final  public
GET  /public/{period}/data                                         final  public
GET  /public/{period}/ranking.csv                                  final  public
GET  /public/{period}/ranking.json                                 final  public
GET  /public/{period}/edition.zip                                  final  public
GET  /public/{period}/{agency}                                     final  public
GET  /public/{period}/editions/{number}                            final  public
GET  /public/{period}/editions/{number}/{file=ranking.csv}          final  public
GET  /sign-in                                                      draft  public
POST /sign-in                                                      draft  public
GET  /forgot                                                       draft  public
POST /forgot                                                       draft  public
GET  /password/{token}                                             draft  public
POST /password/{token}                                             draft  public
POST /sign-out                                                     draft  everybody
GET  /                                                             draft  everybody
GET  /practice                                                     draft  everybody
GET  /{period}/agencies/{agency}/checklist                         draft  manager deputy head
GET  /{period}/agencies/{agency}/answers/{indicator}               draft  manager deputy head
POST /{period}/agencies/{agency}/answers/{indicator}               draft  manager deputy
POST /{period}/agencies/{agency}/answers/{indicator}/evidence      draft  manager deputy
POST /{period}/agencies/{agency}/answers/{indicator}/evidence/reuse draft  manager deputy
POST /{period}/agencies/{agency}/answers/{indicator}/uploads       draft  manager deputy
GET  /{period}/agencies/{agency}/uploads/{id}                      draft  manager deputy
POST /{period}/agencies/{agency}/uploads/{id}                      draft  manager deputy
GET  /{period}/agencies/{agency}/evidence/{id}                     draft  manager deputy head
POST /{period}/agencies/{agency}/evidence/{id}/removal             draft  manager deputy
GET  /{period}/agencies/{agency}/workbook                          draft  manager deputy head
GET  /{period}/agencies/{agency}/workbook.xlsx                     draft  manager deputy head
POST /{period}/agencies/{agency}/workbook                          draft  manager deputy
GET  /{period}/agencies/{agency}/workbook/{id}                     draft  manager deputy
POST /{period}/agencies/{agency}/workbook/{id}                     draft  manager deputy
GET  /{period}/agencies/{agency}/workbook/{id}/file                draft  manager deputy head
GET  /{period}/agencies/{agency}/review                            draft  manager deputy head
POST /{period}/agencies/{agency}/hand-in                           draft  head
GET  /{period}/agencies/{agency}/owners                            draft  manager deputy head
POST /{period}/agencies/{agency}/owners                            draft  manager head
GET  /{period}/agencies/{agency}/extensions                        draft  manager deputy head
POST /{period}/agencies/{agency}/extensions                        draft  manager deputy head
GET  /{period}/extensions                                          draft  auditor lead_auditor office committee governor
GET  /{period}/extensions/{id}                                     draft  office
POST /{period}/extensions/{id}                                     draft  office
GET  /resolutions                                                  draft  everybody -administrator
GET  /resolutions/new                                              draft  office governor
POST /resolutions                                                  draft  office governor
GET  /resolutions/{id}                                             draft  everybody -administrator
POST /resolutions/{id}/report                                      draft  manager deputy head
POST /resolutions/{id}/finding                                     draft  auditor lead_auditor
GET  /meetings                                                     draft  office governor
POST /meetings                                                     draft  office governor
GET  /meetings/{id}                                                draft  office governor
POST /meetings/{id}                                                draft  office governor
GET  /queue                                                        draft  auditor lead_auditor
GET  /{period}/agencies/{agency}/verification                      draft  auditor lead_auditor office committee
GET  /{period}/agencies/{agency}/verification/{indicator}          draft  auditor lead_auditor office committee

GET  /{period}/agencies/{agency}/checklist                         review manager deputy head
GET  /{period}/agencies/{agency}/answers/{indicator}               review manager deputy head
POST /{period}/agencies/{agency}/answers/{indicator}/query-answer  review manager deputy
GET  /{period}/agencies/{agency}/evidence/{id}                     review manager deputy head auditor lead_auditor office committee
GET  /queue                                                        review auditor lead_auditor
GET  /{period}/agencies/{agency}/verification                      review auditor lead_auditor office committee
GET  /{period}/agencies/{agency}/verification/{indicator}          review auditor lead_auditor office committee
GET  /second-looks                                                 review auditor lead_auditor
GET  /second-looks/{id}                                            review auditor
POST /second-looks/{id}                                            review auditor
GET  /second-looks/{id}/evidence/{file}                            review auditor
GET  /{period}/agreement                                           review office
POST /{period}/agencies/{agency}/verification                      review auditor lead_auditor
POST /{period}/agencies/{agency}/verification/{indicator}          review auditor lead_auditor
POST /{period}/agencies/{agency}/verification/{indicator}/query    review auditor lead_auditor
POST /{period}/agencies/{agency}/verification/{indicator}/query/{id}/closing review auditor lead_auditor
POST /{period}/agencies/{agency}/verification/{indicator}/na-request review auditor lead_auditor
GET  /{period}/visits                                              review auditor lead_auditor office committee
GET  /{period}/agencies/{agency}/visits                            review auditor lead_auditor office committee
POST /{period}/agencies/{agency}/visits                            review auditor lead_auditor
POST /{period}/agencies/{agency}/visits/{id}/sign-off              review auditor lead_auditor
POST /{period}/agencies/{agency}/probes                            review auditor lead_auditor
GET  /{period}/agencies/{agency}/draw                              review manager deputy head auditor lead_auditor office committee
GET  /{period}/draw                                                review auditor lead_auditor office committee
POST /{period}/draw                                                review lead_auditor office
POST /{period}/draw/digits                                         review lead_auditor office
GET  /{period}/draw.json                                           review auditor lead_auditor office committee
GET  /{period}/plans                                               review lead_auditor
POST /{period}/plans                                               review lead_auditor
GET  /field/plans                                                  review auditor lead_auditor
GET  /field/plans/{id}                                             review auditor lead_auditor
POST /field/plans/{id}                                             review auditor lead_auditor
POST /field/plans/{id}/photos                                      review auditor lead_auditor
GET  /field/photos/{id}                                            review auditor lead_auditor
POST /field/file                                                   review auditor lead_auditor
POST /{period}/plans/{id}/withdrawal                               review lead_auditor
GET  /field/worker.js                                              draft  public
GET  /re-review                                                    review auditor lead_auditor
GET  /{period}/ranking                                             review
GET  /{period}/brief                                               review
GET  /{period}/agencies/{agency}/score                             review

GET  /periods                                                      review office
GET  /draft                                                        review office
POST /draft                                                        review office
POST /periods                                                      review office
GET  /periods/{period}                                             review office committee
GET  /periods/{period}/move                                        review office committee
POST /periods/{period}/move                                        review office committee
GET  /periods/{period}/assignments                                 review office
POST /periods/{period}/assignments                                 review office
POST /periods/{period}/capacities                                  review office
POST /periods/{period}/review-minutes                              review office
POST /periods/{period}/assignments/{agency}                        review office
GET  /holidays                                                     review office
POST /holidays                                                     review office
GET  /{period}/progress                                            review auditor lead_auditor office committee governor
GET  /{period}/returns.json                                        review office
GET  /{period}/measurements                                        review office
GET  /{period}/measurements/{indicator=VOC-01}                     review office
POST /{period}/measurements/{indicator=VOC-01}                     review office
GET  /{period}/agencies/{agency}/measurements/{indicator=VOC-01}   review office
POST /{period}/agencies/{agency}/measurements/{indicator=VOC-01}   review office
GET  /{period}/agencies/{agency}/facts                             review office
POST /{period}/agencies/{agency}/facts                             review office
GET  /{period}/committee/minutes                                   review lead_auditor office committee
GET  /{period}/committee                                           review lead_auditor office committee
POST /{period}/committee/findings                                  review committee
POST /{period}/agencies/{agency}/findings/{indicator=RSP-03}       review committee
POST /{period}/agencies/{agency}/requests/{indicator=DSP-02}       review office

GET  /{period}/ranking                                             objections auditor lead_auditor office committee
GET  /{period}/brief                                               objections auditor lead_auditor office committee
GET  /{period}/pack                                                objections office
GET  /{period}/analysis                                            objections auditor lead_auditor office committee
GET  /{period}/analysis/methods                                    objections auditor lead_auditor office committee
GET  /{period}/analysis/indicators                                 objections auditor lead_auditor office committee
GET  /{period}/analysis/weights                                    objections auditor lead_auditor office committee
GET  /{period}/ranking.csv                                         objections auditor lead_auditor office committee
GET  /{period}/ranking.xlsx                                        objections auditor lead_auditor office committee
GET  /{period}/agencies/{agency}/score                             objections manager deputy head auditor+ lead_auditor office committee
GET  /{period}/agencies/{agency}/score.json                        objections manager deputy head auditor+ lead_auditor office committee
GET  /{period}/agencies/{agency}/what-if                           objections manager deputy head office
GET  /{period}/agencies/{agency}/objections/{indicator}            objections manager deputy head auditor lead_auditor office committee
POST /{period}/agencies/{agency}/objections/{indicator}            objections manager head
GET  /{period}/agencies/{agency}/objections/{indicator}            committee manager deputy head auditor lead_auditor office committee
POST /{period}/agencies/{agency}/objections/{indicator}/decision   committee committee
GET  /{period}/agencies/{agency}/objections/{indicator}/re-review  committee auditor lead_auditor
POST /{period}/agencies/{agency}/objections/{indicator}/re-review  committee auditor lead_auditor

GET  /{period}/corrections                                         final office committee
POST /{period}/corrections                                         final office
POST /{period}/corrections/{id}/withdrawal                         final office
GET  /{period}/editions                                            final everybody -administrator
POST /{period}/editions/proposal                                   final office committee
GET  /{period}/editions/{number}/edition.zip                       final everybody -administrator
POST /{period}/editions/{number}/publication                       final office committee
POST /{period}/editions/{number}/withdrawal                        final office committee
POST /{period}/editions/{number}/signature                         final office committee
POST /{period}/editions/{number}/release                           final governor
GET  /{period}/ranking                                             final everybody+ -administrator
GET  /{period}/brief                                               final everybody+ -administrator
GET  /{period}/pack                                                final office governor
POST /{period}/pack                                                final office governor
GET  /{period}/pack.pdf                                            final office governor
GET  /{period}/ranking.csv                                         final everybody+ -administrator
GET  /{period}/ranking.xlsx                                        final everybody+ -administrator
GET  /{period}/analysis                                            final everybody+ -administrator
GET  /{period}/analysis/methods                                    final everybody+ -administrator
GET  /{period}/analysis/indicators                                 final everybody+ -administrator
GET  /{period}/analysis/weights                                    final everybody+ -administrator
GET  /{period}/agencies/{agency}/score                             final everybody+ -administrator
GET  /{period}/agencies/{agency}/score.json                        final everybody+ -administrator
GET  /account                                                      draft  everybody
POST /account                                                      draft  everybody
POST /account/password                                             draft  everybody
POST /account/sessions                                             draft  everybody
POST /account/reminders                                            draft  everybody
GET  /reminders                                                    draft  office
POST /reminders                                                    draft  office
GET  /role                                                         draft  everybody
POST /role                                                         draft  everybody
GET  /agencies                                                     review office
POST /agencies                                                     review office
GET  /agencies/new                                                 review office
GET  /agencies/{agency}                                            review office
POST /agencies/{agency}                                            review office
GET  /users                                                        review office administrator
POST /users                                                        review office administrator
GET  /users/new                                                    review office administrator
GET  /users/{id}                                                   review office administrator
POST /users/{id}                                                   review office administrator
POST /users/{id}/roles                                             review office administrator
POST /users/{id}/roles/end                                         review office administrator
POST /users/{id}/activity                                          review office administrator
POST /users/{id}/link                                              review office administrator
POST /users/{id}/phone                                             review office administrator
POST /users/{id}/slip                                              review office administrator
POST /users/{id}/hand-over                                         review office administrator
GET  /posters                                                      draft  manager head office
POST /posters                                                      draft  manager head office
GET  /posters/{id}                                                 draft  manager head office
POST /posters/{id}/renewal                                         draft  manager head office
GET  /voices                                                       draft  auditor lead_auditor office committee
GET  /letters                                                      review office administrator
POST /letters/{id}/resend                                          review office administrator
GET  /log                                                          review administrator
POST /log/export                                                   review administrator
POST /practice                                                     draft  everybody
";
