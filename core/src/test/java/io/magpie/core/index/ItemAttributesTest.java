package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemAttributesTest {
    @Test
    void shouldHoldEachTagOnceInOrderWhenSomeAreRepeated() {
        int[] given = {7, -1, 7, 3, 3, 3};
        ItemAttributes attributes = new ItemAttributes(0, 0, true, false, given);
        given[1] = 5;
        assertThat(attributes).isEqualTo(new ItemAttributes(0, 0, true, false, -1, 3, 7));
        assertThat(attributes.tagCount()).isEqualTo(3);
        assertThat(attributes.tag(0)).isEqualTo(-1);
        assertThat(attributes.tag(2)).isEqualTo(7);
        assertThat(new ItemAttributes(0, 0, true, false).tagCount()).isZero();
    }

    @Test
    void shouldRefuseWhenDistinctTagsAreTooMany() {
        int[] most = IntStream.range(0, ItemAttributes.MAX_TAGS).toArray();
        int[] twice =
                IntStream.range(0, 2 * ItemAttributes.MAX_TAGS).map(i -> i / 2).toArray();
        int[] more = IntStream.rangeClosed(0, ItemAttributes.MAX_TAGS).toArray();
        assertThat(new ItemAttributes(0, 0, true, false, twice)).isEqualTo(new ItemAttributes(0, 0, true, false, most));
        assertThatThrownBy(() -> new ItemAttributes(0, 0, true, false, more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too many tags on one item: tags=17 most=16");
    }
}
