Feature: Users in two versions
  A client names the version that it means in the path, a header, the query or the media type.

  Background:
    Given format "JSON"
    And context is cleaned up
    And format "JSON"

  Scenario Outline: Version 1 by <where>
    Given URL path "<path>"
    And query string "<query>"
    And header "<header>" "<value>"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "[{"id": 1, "name": "Ada Lovelace"}, {"id": 2, "name": "Alan Turing"}]"

    Examples:
      | where          | path          | query      | header        | value                       |
      | path           | /api/v1/users |            | X-Nothing     | 0                           |
      | header         | /users        |            | X-API-Version | 1                           |
      | query          | /users        | ?version=1 | X-Nothing     | 0                           |
      | media type     | /users        |            | Accept        | application/json; version=1 |
      | saying nothing | /users        |            | X-Nothing     | 0                           |

  Scenario Outline: Version 2 by <where>
    Given URL path "<path>"
    And query string "<query>"
    And header "<header>" "<value>"
    When the URL is invoked
    Then status is "200"
    And path "/0/first_name" is "Ada"
    And path "/0/last_name" is "Lovelace"
    And path "/1/first_name" is "Alan"

    Examples:
      | where      | path          | query      | header        | value                       |
      | path       | /api/v2/users |            | X-Nothing     | 0                           |
      | header     | /users        |            | X-API-Version | 2                           |
      | query      | /users        | ?version=2 | X-Nothing     | 0                           |
      | media type | /users        |            | Accept        | application/json; version=2 |

  Scenario Outline: A version that there is not, by <where>
    Given URL path "<path>"
    And query string "<query>"
    And header "<header>" "<value>"
    When the URL is invoked
    Then status is "<status>"

    Examples:
      | where      | path          | query      | header        | value                       | status |
      | path       | /api/v3/users |            | X-Nothing     | 0                           | 404    |
      | header     | /users        |            | X-API-Version | 3                           | 400    |
      | query      | /users        | ?version=3 | X-Nothing     | 0                           | 400    |
      | media type | /users        |            | Accept        | application/json; version=3 | 406    |

  Scenario: The old one says that it will go
    Given URL path "/api/v1/users"
    When the URL is invoked
    Then header "Deprecation" is "@1767225600"
    And header "Sunset" is "Fri, 01 Jan 2027 00:00:00 GMT"
    And header "Link" contains "successor-version"
