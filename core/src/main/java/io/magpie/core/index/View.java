package io.magpie.core.index;

/**
 * What a search sees: immutable, published with each change.
 *
 * @param version   counts this index's own changes; decides which rows of the segments are seen
 * @param catalogue the catalogue version that the last change carried
 * @param size      how many items are visible
 * @param segments sealed ones first, the open one last; never empty
 * @param openRows how many rows of the last segment are written
 */
record View(long version, long catalogue, int size, Segment[] segments, int openRows) {
    int rows(int segment) {
        return segment == segments.length - 1 ? openRows : segments[segment].rows();
    }
}
