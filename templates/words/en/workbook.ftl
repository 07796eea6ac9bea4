# The workbook: fetched, filled in offline, brought back.
workbook-title = Workbook
workbook-intro = Take this checklist as an Excel workbook, fill it in without a line, and bring it back.
workbook-step-get = 1. Take the workbook
workbook-get-text = It holds the questions, the guidance, last quarter’s answers and what you have saved so far.
workbook-get = Download the workbook
workbook-step-fill = 2. Fill in the bright cells
workbook-fill-cells = Only the yellow cells are to be typed in; the others are locked.
workbook-fill-digits = Persian, Arabic and Latin digits are read alike.
workbook-fill-empty = A row left empty does not change the saved answer.
workbook-fill-files = Evidence is added afterwards, on the page of each indicator.
workbook-sheet = Workbook
workbook-sheet-title = Workbook of { $quarter }, { $agency }
workbook-how = Fill in the yellow cells only. Persian and Latin digits are alike. An empty row changes nothing. Then save the file and upload it on the page “Workbook”.
workbook-column-code = Code
workbook-column-title = Indicator
workbook-column-guidance = What counts
workbook-column-asked = What to type
workbook-column-last = Last quarter
workbook-column-choice = Answer
workbook-column-value = Value
workbook-column-numerator = Numerator
workbook-column-denominator = Denominator
workbook-column-na-reason = Why it does not apply
workbook-column-note = Note to the auditor
workbook-asked-yes-no = Yes or no
workbook-asked-level = Choose the level from the list
workbook-asked-ratio = Numerator: { $numerator }; denominator: { $denominator }
workbook-asked-number = A number, in { $unit }
workbook-step-bring = 3. Bring the filled workbook back
workbook-bring-text = Everything is looked through first and you see what would change; nothing is saved before you confirm.
workbook-file = Filled workbook
workbook-file-hint = An .xlsx file of up to 5 megabytes
workbook-check = Check the workbook
workbook-bad-title = Cells to be mended
workbook-bad-text = Nothing was saved. Mend these cells in the spreadsheet and bring the same file again.
workbook-place = Place in the workbook
workbook-place-of = Sheet “{ $sheet }”, row { $row }, column { $letter }
workbook-remedy = What to do
workbook-comma = ,
workbook-nothing-changes = This workbook says what is saved already; there is nothing to change.
workbook-taken-before = Workbooks that were saved
workbook-changes = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
workbook-check-title = What this workbook changes
workbook-check-good = { $count ->
    [one] The workbook is sound and changes { $count } answer.
   *[other] The workbook is sound and changes { $count } answers.
}
workbook-check-same = { $count ->
    [one] { $count } other row stays as it is.
   *[other] { $count } other rows stay as they are.
}
workbook-check-meanwhile = { $count ->
    [one] { $count } answer was changed on the page by a colleague after this workbook was made. Theirs stays, unless you choose the workbook’s.
   *[other] { $count } answers were changed on the page by a colleague after this workbook was made. Theirs stay, unless you choose the workbook’s.
}
workbook-conflict = An answer changed meanwhile and nothing was saved. Look at the new list and confirm again.
workbook-old = Now
workbook-new = After saving
workbook-row = row { $row }
workbook-by = Saved by { $name },
workbook-take-mine = The workbook’s answer replaces it
workbook-take = Save the answers of the workbook
workbook-taken = The answers of the workbook are saved.
workbook-changed-answers = Answers that change
