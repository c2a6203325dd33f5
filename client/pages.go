package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// longestPage is the most records that a page of a list can have.
const longestPage = 1000

// pages reads a list page by page, until there are as many records as the limit says; all for 0.
func pages[T any](ctx context.Context, c *connection, k call, limit int) ([]T, error) {
	all := []T{}
	if k.query == nil {
		k.query = url.Values{}
	}
	for {
		if limit > 0 {
			k.query.Set("limit", strconv.Itoa(min(limit-len(all), longestPage)))
		}
		members, err := read[map[string]json.RawMessage](ctx, c, k)
		if err != nil {
			return nil, err
		}
		var page []T
		var next string
		for member, into := range map[string]any{k.need: &page, "next": &next} {
			if text, given := members[member]; given {
				if err := json.Unmarshal(text, into); err != nil {
					return nil, k.unexpected(k.status, fmt.Sprintf("the member %q: %s", member, describeJSONError(err)))
				}
			}
		}
		all = append(all, page...)
		if next == "" || len(page) == 0 || limit > 0 && len(all) >= limit {
			return all, nil
		}
		k.query.Set("after", next)
	}
}
