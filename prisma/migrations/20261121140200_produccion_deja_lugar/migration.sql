-- Each step of an estimation writes what is billed, and its status, in every production that it bills: rows captured
-- together, so all the rows of a page at once. In a page half empty the new versions stay beside the old ones and none of the
-- five indexes of the table is touched (HOT), which was most of what sending, cancelling and creating cost. A page already
-- written fills as before until its rows are written again.
ALTER TABLE produccion SET (fillfactor = 50);
